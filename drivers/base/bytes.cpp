#include "drivers/base/bytes.hpp"

#include <optional>

#include <string.h>

namespace base {
namespace {

std::optional<std::uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    return std::nullopt;
}

}  // namespace

std::string to_hex(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 0x0F]);
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ') {
            ++i;
            continue;
        }
        auto const high = hex_digit(text[i]);
        auto const low = i + 1 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        if (!high || !low) return failure(Errc::malformed, "not hexadecimal");
        bytes.push_back(static_cast<std::uint8_t>(*high << 4 | *low));
        i += 2;
    }
    return bytes;
}

Bytes to_bytes(std::string_view text) { return {text.begin(), text.end()}; }

std::string to_text(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

void wipe(Bytes& bytes) {
    if (!bytes.empty()) ::explicit_bzero(bytes.data(), bytes.size());
    bytes.clear();
}

void wipe(std::string& text) {
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

}  // namespace base
