#include "kiosk/crypto/keyed_digest.hpp"

#include <cstdlib>

#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace crypto {

KeyedDigest::KeyedDigest() : key_(Sha256{}.size()) {
    if (RAND_priv_bytes(key_.data(), static_cast<int>(key_.size())) != 1) std::abort();
}

Sha256 KeyedDigest::of(std::initializer_list<std::string_view> parts) const {
    SecretBytes input;
    for (auto const part : parts) {
        for (int shift = 24; shift >= 0; shift -= 8)
            input.push_back(static_cast<std::uint8_t>(part.size() >> shift));
        input.insert(input.end(), part.begin(), part.end());
    }
    Sha256 digest;
    if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), input.data(), input.size(),
             digest.data(), nullptr) == nullptr)
        std::abort();
    return digest;
}

}  // namespace crypto
