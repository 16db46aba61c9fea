#include "drivers/vitale/text.hpp"

#include <algorithm>
#include <string_view>

namespace vitale {
namespace {

constexpr char32_t replacement_character = 0xFFFD;

// The eight places where ISO 8859-15 differs from ISO 8859-1; all others are equal to Unicode.
char32_t from_8859_15(std::uint8_t byte) {
    switch (byte) {
    case 0xA4: return 0x20AC;
    case 0xA6: return 0x0160;
    case 0xA8: return 0x0161;
    case 0xB4: return 0x017D;
    case 0xB8: return 0x017E;
    case 0xBC: return 0x0152;
    case 0xBD: return 0x0153;
    case 0xBE: return 0x0178;
    default: return byte;
    }
}

bool is_control(std::uint8_t byte) { return byte < 0x20 || (byte >= 0x7F && byte < 0xA0); }

bool belongs_in_a_name(char32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    if (c == ' ' || c == '\'' || c == '-' || c == '.') return true;
    // Beyond ASCII the letters of both sets: C0..FF less the signs × and ÷, and Latin Extended-A.
    return (c >= 0xC0 && c <= 0x17F) && c != 0xD7 && c != 0xF7;
}

void append_utf8(std::string& text, char32_t c) {
    auto const add = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xC0 | c >> 6);
        add(0x80 | (c & 0x3F));
    } else {
        add(0xE0 | c >> 12);
        add(0x80 | (c >> 6 & 0x3F));
        add(0x80 | (c & 0x3F));
    }
}

}  // namespace

Text decode(base::ByteView raw, Charset charset) {
    Text text{{raw.begin(), raw.end()}, {}, false};
    auto const is_space = [](std::uint8_t byte) { return byte == ' '; };
    auto const first = std::ranges::find_if_not(raw, is_space);
    auto const last = std::find_if_not(raw.rbegin(), raw.rend(), is_space).base();
    if (first >= last) return text;
    text.utf8.reserve(3 * raw.size());
    for (auto byte : base::ByteView{first, last}) {
        char32_t c = byte;
        switch (charset) {
        case Charset::iso_8859_1: break;
        case Charset::iso_8859_15: c = from_8859_15(byte); break;
        }
        if (is_control(byte)) c = replacement_character;
        if (!belongs_in_a_name(c)) text.doubtful = true;
        append_utf8(text.utf8, c);
    }
    return text;
}

}  // namespace vitale
