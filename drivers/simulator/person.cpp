#include "drivers/simulator/person.hpp"

#include <algorithm>
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

}  // namespace

Bytes identity_file(std::vector<Person> const& persons, Encoding const& encoding) {
    Bytes file;
    for (auto const& person : persons) {
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

base::Result<std::string> to_latin_1(std::string_view utf8) {
    std::string text;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        auto const lead = static_cast<unsigned char>(utf8[i]);
        if (lead < 0x80) {
            text.push_back(utf8[i]);
            continue;
        }
        // U+0080 to U+00FF, all that exists there, are the two-byte forms that begin with C2 or C3.
        if ((lead != 0xC2 && lead != 0xC3) || i + 1 == utf8.size())
            return failure(Errc::malformed, "has a character that ISO 8859-1 does not have");
        auto const trail = static_cast<unsigned char>(utf8[++i]);
        text.push_back(static_cast<char>((lead & 0x03) << 6 | (trail & 0x3F)));
    }
    return text;
}

}  // namespace simulator
