// Invented cartes Vitale and other cards. Every number uses a commune above the range in use.
#pragma once

#include "tests/cards/model_card.hpp"

#include <string_view>
#include <vector>

namespace test_cards {

base::Bytes hex(std::string_view text);

// One data object, with as many length bytes as BER asks for.
base::Bytes object(std::uint8_t tag, base::Bytes const& value);
base::Bytes object(std::uint8_t tag, std::string_view latin_1);

// A person's template in the identity file, and in the number file (without 93 when there is none).
base::Bytes identity(std::string_view family_name, std::string_view first_name,
                     std::string_view birth_date);
base::Bytes number(std::string_view nir);

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
