#include "drivers/simulator/person.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace simulator {
namespace {

using base::Bytes;
using base::Errc;
using base::failure;

void put_tag(Bytes& out, std::uint16_t tag) {
    if (tag > 0xFF) out.push_back(static_cast<std::uint8_t>(tag >> 8));
    out.push_back(static_cast<std::uint8_t>(tag));
}

void put(Bytes& out, std::uint16_t tag, base::ByteView value, Lengths lengths) {
    put_tag(out, tag);
    auto const size = value.size();
    if (size > 0xFF) {
        out.push_back(0x82);
        out.push_back(static_cast<std::uint8_t>(size >> 8));
    } else if (size > 0x7F && lengths == Lengths::ber) {
        out.push_back(0x81);
    }
    out.push_back(static_cast<std::uint8_t>(size));
    out.insert(out.end(), value.begin(), value.end());
}

void put(Bytes& out, std::uint16_t tag, std::string_view value, Lengths lengths) {
    put(out, tag, base::to_bytes(value), lengths);
}

// The first character of a UTF-8 text, up to three bytes long; nothing when it is none.
std::optional<char32_t> take_character(std::string_view& utf8) {
    auto const lead = static_cast<unsigned char>(utf8.front());
    std::size_t const size = lead < 0x80 ? 1 : lead >> 5 == 0x06 ? 2 : lead >> 4 == 0x0E ? 3 : 0;
    if (size == 0 || size > utf8.size()) return std::nullopt;
    char32_t character = size == 1 ? lead : lead & (0x7FU >> size);
    for (auto const next : utf8.substr(1, size - 1)) {
        auto const trail = static_cast<unsigned char>(next);
        if (trail >> 6 != 0x02) return std::nullopt;
        character = character << 6 | (trail & 0x3FU);
    }
    utf8.remove_prefix(size);
    return character;
}

struct Place {
    std::uint8_t byte;
    char32_t character;
};

// The eight places where ISO 8859-15 differs from ISO 8859-1; all others are equal to Unicode.
constexpr std::array only_in_8859_15{Place{0xA4, 0x20AC}, Place{0xA6, 0x0160}, Place{0xA8, 0x0161},
                                     Place{0xB4, 0x017D}, Place{0xB8, 0x017E}, Place{0xBC, 0x0152},
                                     Place{0xBD, 0x0153}, Place{0xBE, 0x0178}};

std::optional<std::uint8_t> byte_of(char32_t character, Charset charset) {
    auto const& places = only_in_8859_15;
    if (charset == Charset::iso_8859_15) {
        if (auto const own = std::ranges::find(places, character, &Place::character);
            own != places.end())
            return own->byte;
        if (std::ranges::find(places, character, &Place::byte) != places.end()) return std::nullopt;
    }
    if (character > 0xFF) return std::nullopt;
    return static_cast<std::uint8_t>(character);
}

std::string_view name(Charset charset) {
    switch (charset) {
    case Charset::iso_8859_1: return "ISO 8859-1";
    case Charset::iso_8859_15: return "ISO 8859-15";
    }
    return "";
}

}  // namespace

Bytes identity_file(std::vector<Person> const& persons, Encoding const& encoding) {
    Bytes file;
    for (auto const& person : persons) {
        if (!person.in_identity_file) continue;
        Bytes fields;
        put(fields, encoding.tags.name, person.name, encoding.lengths);
        put(fields, encoding.tags.first_name, person.first_name, encoding.lengths);
        put(fields, encoding.tags.birth_date, person.birth_date, encoding.lengths);
        put(file, encoding.tags.person, fields, encoding.lengths);
    }
    return file;
}

Bytes number_file(std::vector<Person> const& persons, Encoding const& encoding) {
    Bytes file;
    for (auto const& person : persons) {
        if (!person.in_number_file) continue;
        Bytes fields;
        if (person.country) put(fields, encoding.tags.country, *person.country, encoding.lengths);
        if (person.nir) put(fields, encoding.tags.nir, *person.nir, encoding.lengths);
        put(file, encoding.tags.person, fields, encoding.lengths);
    }
    return file;
}

std::optional<std::string> nir_key(std::string_view number) {
    if (number.size() != 13) return std::nullopt;
    std::string digits{number};
    // Corsica stands in the department, characters 6 and 7.
    if (digits.compare(5, 2, "2A") == 0) digits.replace(5, 2, "19");
    if (digits.compare(5, 2, "2B") == 0) digits.replace(5, 2, "18");
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::ranges::all_of(digits, is_digit)) return std::nullopt;
    auto const key = 97 - std::stoll(digits) % 97;
    return (key < 10 ? "0" : "") + std::to_string(key);
}

base::Result<std::string> to_charset(std::string_view utf8, Charset charset) {
    std::string text;
    while (!utf8.empty()) {
        auto const character = take_character(utf8);
        auto const byte = character ? byte_of(*character, charset) : std::nullopt;
        if (!byte)
            return failure(Errc::malformed,
                           "has a character that " + std::string{name(charset)} + " does not have");
        text.push_back(static_cast<char>(*byte));
    }
    return text;
}

}  // namespace simulator
