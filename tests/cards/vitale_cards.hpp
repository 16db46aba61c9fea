// Invented cartes Vitale and other cards. Every number uses a commune above the range in use.
#pragma once

#include "tests/cards/model_card.hpp"

#include <string_view>
#include <vector>

namespace test_cards {

base::Bytes hex(std::string_view text);

inline constexpr auto vitale_aid = "D2 50 00 00 02 56 49 54 41 4C 45";
inline constexpr auto root_aid = "D2 50 00 00 02 4D 46 5F 56 49 54 41 4C 45";

// One data object, with as many length bytes as BER asks for.
base::Bytes object(std::uint8_t tag, base::Bytes const& value);
base::Bytes object(std::uint8_t tag, std::string_view latin_1);

// A person's template in the identity file, and in the number file (without 93 when there is none).
base::Bytes identity(std::string_view family_name, std::string_view first_name,
                     std::string_view birth_date);
base::Bytes number(std::string_view nir);

// An application and a file in the card's own list of files, and that list.
base::Bytes application_pointer(std::uint16_t reference, base::Bytes const& aid);
base::Bytes file_pointer(std::uint16_t reference, std::uint16_t file_identifier);
base::Bytes pointer_list(std::vector<base::Bytes> const& applications,
                         std::vector<base::Bytes> const& files);

base::Bytes joined(std::vector<base::Bytes> const& parts);
base::Bytes padded(base::Bytes content, std::size_t size);

ModelCard vitale_2(base::Bytes identity_file, base::Bytes number_file);

ModelCard luc_exemple();           // nominal, bytes as written by hand
ModelCard modele_fictif_family();  // four persons, twins without number
ModelCard twelve_persons();        // an identity file of more than 256 bytes
ModelCard vitale_1();
ModelCard professional_card();
ModelCard bank_card();

}  // namespace test_cards
