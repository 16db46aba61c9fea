#include "kiosk/crypto/uuid.hpp"

#include <algorithm>
#include <cstdlib>

#include <openssl/rand.h>

namespace crypto {

Uuid Uuid::random() {
    Uuid uuid;
    if (RAND_bytes(uuid.bytes_.data(), static_cast<int>(uuid.bytes_.size())) != 1) std::abort();
    uuid.mark(4);
    return uuid;
}

Uuid Uuid::from_hash(Sha256 const& hash) {
    Uuid uuid;
    std::copy_n(hash.begin(), uuid.bytes_.size(), uuid.bytes_.begin());
    uuid.mark(8);
    return uuid;
}

void Uuid::mark(std::uint8_t version) {
    bytes_[6] = static_cast<std::uint8_t>((bytes_[6] & 0x0F) | version << 4);
    bytes_[8] = static_cast<std::uint8_t>((bytes_[8] & 0x3F) | 0x80);
}

base::Result<Uuid> Uuid::parse(std::string_view text) {
    auto const wrong = base::failure(base::Errc::malformed, "not a UUID in canonical form");
    if (text.size() != 36 || std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; }))
        return wrong;
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-')) return wrong;
        if (!dash) digits.push_back(text[i]);
    }
    auto const bytes = base::from_hex(digits);
    if (!bytes) return wrong;
    return from(*bytes);
}

base::Result<Uuid> Uuid::from(base::ByteView sixteen_bytes) {
    Uuid uuid;
    if (sixteen_bytes.size() != uuid.bytes_.size())
        return base::failure(base::Errc::malformed, "a UUID has 16 bytes");
    std::ranges::copy(sixteen_bytes, uuid.bytes_.begin());
    return uuid;
}

std::string Uuid::text() const {
    auto text = base::to_hex(bytes_);
    for (auto position : {8U, 13U, 18U, 23U})
        text.insert(position, 1, '-');
    return text;
}

}  // namespace crypto
