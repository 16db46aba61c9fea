#include "tests/cards/vitale_cards.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace test_cards {

using base::Bytes;

Bytes hex(std::string_view text) {
    auto bytes = base::from_hex(text);
    if (!bytes) throw std::invalid_argument{"not hexadecimal"};
    return *bytes;
}

Bytes object(std::uint8_t tag, Bytes const& value) {
    Bytes bytes;
    bytes.push_back(tag);
    auto const size = value.size();
    if (size >= 0x100) {
        bytes.push_back(0x82);
        bytes.push_back(static_cast<std::uint8_t>(size >> 8));
    } else if (size >= 0x80) {
        bytes.push_back(0x81);
    }
    bytes.push_back(static_cast<std::uint8_t>(size & 0xFF));
    bytes.insert(bytes.end(), value.begin(), value.end());
    return bytes;
}

Bytes object(std::uint8_t tag, std::string_view latin_1) {
    return object(tag, base::to_bytes(latin_1));
}

Bytes identity(std::string_view family_name, std::string_view first_name,
               std::string_view birth_date) {
    return object(0x65, joined({object(0x80, family_name), object(0x81, first_name),
                                object(0x82, birth_date)}));
}

Bytes number(std::string_view nir) {
    auto fields = object(0x90, "FRA");
    if (!nir.empty()) fields = joined({fields, object(0x93, nir)});
    return object(0x65, fields);
}

namespace {

Bytes two_bytes(std::uint16_t number) {
    return {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number & 0xFF)};
}

}  // namespace

Bytes application_pointer(std::uint16_t reference, Bytes const& aid) {
    return object(0x82, joined({two_bytes(reference), two_bytes(0), aid}));
}

Bytes file_pointer(std::uint16_t reference, std::uint16_t file_identifier) {
    return object(0x80, joined({base::to_bytes("FILE    "), two_bytes(reference),
                                two_bytes(file_identifier)}));
}

Bytes pointer_list(std::vector<Bytes> const& applications, std::vector<Bytes> const& files) {
    return object(0xE0, joined({object(0xA0, joined(applications)), joined(files)}));
}

Bytes joined(std::vector<Bytes> const& parts) {
    Bytes all;
    for (auto const& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes padded(Bytes content, std::size_t size) {
    content.resize(std::max(size, content.size()));
    return content;
}

ModelCard vitale_2(Bytes identity_file, Bytes number_file) {
    ModelCard card;
    card.atr = hex("3B 75 13 00 00 4B 09 EA 90 00");
    card.root[2] = {std::move(identity_file)};
    card.applications[hex(vitale_aid)][2] = {std::move(number_file)};
    return card;
}

ModelCard luc_exemple() {
    return vitale_2(
        padded(hex("65 18 80 07 45 58 45 4D 50 4C 45 81 03 4C 55 43"
                   "82 08 31 39 37 38 30 35 31 34"),
               64),
        padded(hex("65 16 90 03 46 52 41 93 0F 31 37 38 30 35 37 35 39 39 39 39 30 31 37 35"), 64));
}

ModelCard modele_fictif_family() {
    return vitale_2(
        joined({identity("MODELE-FICTIF", "ANDRE", "19810409"),
                identity("MODELE-FICTIF", "SOPHIE", "19830911"),
                identity("MODELE-FICTIF", "LEA", "20140203"),
                identity("MODELE-FICTIF", "ZOE", "20140203")}),
        joined({number("181043399790535"), number("283094499690687"), number(""), number("")}));
}

ModelCard twelve_persons() {
    std::vector<Bytes> identities;
    std::vector<Bytes> numbers;
    for (int i = 0; i < 12; ++i) {
        identities.push_back(identity("FAMILLE-NOMBREUSE", "ENFANT " + std::to_string(i),
                                      "20" + std::to_string(10 + i) + "0405"));
        numbers.push_back(number(i == 0 ? "178057599990175" : ""));
    }
    return vitale_2(joined(identities), joined(numbers));
}

ModelCard vitale_1() {
    ModelCard card;
    card.atr = hex("3F 65 25 00 22 09 69 90 00");
    card.only_class_bc = 0x6E00;
    return card;
}

ModelCard professional_card() {
    ModelCard card;
    card.atr = hex("3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00");
    return card;
}

ModelCard bank_card() {
    ModelCard card;
    card.atr = hex("3B 65 00 00 20 63 CB A0 00");
    return card;
}

}  // namespace test_cards
