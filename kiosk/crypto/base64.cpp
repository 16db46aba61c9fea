#include "kiosk/crypto/base64.hpp"

#include <algorithm>

#include <openssl/evp.h>

namespace crypto {
namespace {

bool is_base64(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

}  // namespace

std::string to_base64(base::ByteView bytes) {
    // EVP_EncodeBlock adds a terminating zero.
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    auto const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                      static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string to_base64url(base::ByteView bytes) {
    auto text = to_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::ranges::find(text, '='), text.end());
    return text;
}

base::Result<base::Bytes> from_base64(std::string_view text) {
    // EVP_DecodeBlock tolerates white space and counts padding as data: both are checked here.
    auto const end = text.find_last_not_of('=');
    auto const padding = text.size() - (end == std::string_view::npos ? 0 : end + 1);
    if (text.size() % 4 != 0 || padding > 2 ||
        !std::ranges::all_of(text.substr(0, text.size() - padding), is_base64))
        return base::failure(base::Errc::malformed, "not base64");
    base::Bytes bytes(text.size() / 4 * 3);
    auto const size =
        EVP_DecodeBlock(bytes.data(), reinterpret_cast<unsigned char const*>(text.data()),
                        static_cast<int>(text.size()));
    if (size < 0) return base::failure(base::Errc::malformed, "not base64");
    bytes.resize(static_cast<std::size_t>(size) - padding);
    // Spare bits of the last character must be zero: one content, one spelling.
    if (padding > 0 && to_base64(bytes) != text)
        return base::failure(base::Errc::malformed, "not base64");
    return bytes;
}

base::Result<base::Bytes> from_base64url(std::string_view text) {
    std::string standard{text};
    if (text.find_first_of("+/=") != std::string_view::npos)
        return base::failure(base::Errc::malformed, "not base64url");
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return from_base64(standard);
}

}  // namespace crypto
