// The persons on a carte Vitale 2 and the bytes of the two files that hold them: one template per
// person, the insured first (source: two published readers that agree on the tags).
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

// All texts are already in the card's own bytes.
struct Person {
    std::string name;
    std::string first_name;
    std::string birth_date;              // as on the card: AAAAMMJJ, on some AAMMJJ
    std::optional<std::string> country;  // meaning and coding are not published
    std::optional<std::string> nir;      // 13 characters and the key
    // A template in each file; a card may lack one, and nobody can tell whose.
    bool in_identity_file = true;
    bool in_number_file = true;
};

// Which one real cards use is not published.
enum class Charset : std::uint8_t { iso_8859_1, iso_8859_15 };

enum class Lengths : std::uint8_t {
    ber,       // 81 xx from 128 on
    one_byte,  // up to 255 in one byte, as one published reader takes them
};

// BER tags, of one or two bytes.
struct Tags {
    std::uint16_t person = 0x65;
    std::uint16_t name = 0x80;
    std::uint16_t first_name = 0x81;
    std::uint16_t birth_date = 0x82;
    std::uint16_t country = 0x90;
    std::uint16_t nir = 0x93;
};

struct Encoding {
    Tags tags;
    Lengths lengths = Lengths::ber;
    Charset charset = Charset::iso_8859_1;  // that the texts of the persons are in
};

base::Bytes identity_file(std::vector<Person> const& persons, Encoding const& encoding);
base::Bytes number_file(std::vector<Person> const& persons, Encoding const& encoding);

// The two digits that belong to the 13 characters: 97 - (number mod 97), 2A counting as 19 and 2B
// as 18. Nothing when they are no number.
std::optional<std::string> nir_key(std::string_view number);

// Errc::malformed when a character does not exist there or the text is not UTF-8.
base::Result<std::string> to_charset(std::string_view utf8, Charset charset);

}  // namespace simulator
