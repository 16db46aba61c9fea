#include "drivers/vitale/records.hpp"

#include "drivers/vitale/nir.hpp"
#include "tests/drivers/vitale/support.hpp"

#include <algorithm>

using namespace vitale_tests;

TEST_CASE("a family is read in the order of the card, children without number", "[vitale]") {
    auto card = modele_fictif_family();
    REQUIRE(identity_file(card).size() == 133);
    card.strict_t0 = GENERATE(false, true);
    auto const read_out = read(card);
    REQUIRE(read_out);
    auto const& persons = read_out->beneficiaries;
    REQUIRE(persons.size() == 4);
    CHECK(persons[0].first_name.utf8 == "ANDRE");
    CHECK(persons[0].nir == "181043399790535");
    CHECK(persons[1].first_name.utf8 == "SOPHIE");
    CHECK(persons[1].nir == "283094499690687");
    CHECK(persons[2].first_name.utf8 == "LEA");
    CHECK_FALSE(persons[2].nir);
    CHECK(persons[3].first_name.utf8 == "ZOE");
    CHECK(persons[3].position == 3);
    CHECK_FALSE(persons[3].nir);
}

TEST_CASE("a child's blank number is no number, a parent's is handed over as it is", "[vitale]") {
    auto card = modele_fictif_family();
    number_file(card).content = joined({number("181043399790535"), number("283094499690687"),
                                        number("               "), number("181043399790535")});
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK_FALSE(read_out->beneficiaries[2].nir);
    CHECK(read_out->beneficiaries[3].nir == "181043399790535");
}

TEST_CASE("accents and the doubt about them reach the reader", "[vitale]") {
    auto card = vitale_2(hex("65 2D 80 12 44 27 41 4C 4D C9 49 44 41 2D 53 50 C9 43 49 4D 45 4E"
                             "81 0D 46 52 41 4E C7 4F 49 53 45 2D 5A 4F CB"
                             "82 08 31 39 36 34 30 37 30 31"),
                         number("264079749990909"));
    auto read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries[0].family_name.utf8 == "D'ALMÉIDA-SPÉCIMEN");
    CHECK(read_out->beneficiaries[0].first_name.utf8 == "FRANÇOISE-ZOË");
    CHECK_FALSE(read_out->beneficiaries[0].family_name.doubtful);

    identity_file(card) = identity("D'ALM\xBCIDA", std::string_view{"FRAN\x00OISE", 9}, "19640701");
    read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries[0].family_name.doubtful);
    CHECK(read_out->beneficiaries[0].first_name.doubtful);
    CHECK(read_out->beneficiaries[0].first_name.utf8 == "FRAN\uFFFDOISE");

    Configuration configuration;
    configuration.charset = vitale::Charset::iso_8859_15;
    read_out = read(card, configuration);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries[0].family_name.utf8 == "D'ALMŒIDA");
    CHECK_FALSE(read_out->beneficiaries[0].family_name.doubtful);
}

TEST_CASE("a person longer than 127 bytes is read in either form of lengths", "[vitale]") {
    std::string const family(90, 'L');
    std::string const first(60, 'M');
    auto card = luc_exemple();
    auto const ber = joined({identity(family, first, "19970428"), identity("B", "C", "20100101")});
    REQUIRE(ber[1] == 0x81);
    auto raw = ber;
    raw.erase(raw.begin() + 1);
    number_file(card).content = joined({number("297041399590889"), number("")});

    auto const size = GENERATE(std::size_t{0}, std::size_t{600});
    identity_file(card) = padded(GENERATE(true, false) ? ber : raw, size);
    auto const read_out = read(card);
    REQUIRE(read_out);
    REQUIRE(read_out->beneficiaries.size() == 2);
    CHECK(read_out->beneficiaries[0].family_name.utf8 == family);
    CHECK(read_out->beneficiaries[0].first_name.utf8 == first);
    CHECK(read_out->beneficiaries[1].first_name.utf8 == "C");
}

TEST_CASE("a raw length that BER would take for a long form is found out", "[vitale]") {
    // Template of 0x81 bytes: BER reads 81 80 and then 128 bytes, which fit and mean nothing.
    auto card = luc_exemple();
    auto file = identity(std::string(113, 'L'), "MA", "19970428");
    REQUIRE(file[1] == 0x81);
    REQUIRE(file[2] == 0x81);
    file.erase(file.begin() + 1);
    identity_file(card) = padded(file, 512);
    Configuration configuration;
    auto const read_out = read(card, configuration);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries[0].family_name.utf8 == std::string(113, 'L'));

    configuration.length_forms = {iso7816::LengthForm::ber};
    CHECK(code_of(read(card, configuration)) == Errc::malformed);
}

TEST_CASE("damaged identities are malformed, and nobody is handed out", "[vitale]") {
    auto card = vitale_2(padded(joined({identity("CORROMPU", "NADIA", "19880919"),
                                        identity("CORROMPU", "SAMI", "20100101")}),
                                128),
                         joined({number("288093599891219"), number("")}));
    card.strict_t0 = GENERATE(false, true);
    auto& file = identity_file(card);
    REQUIRE(read(card));
    REQUIRE(file[3] == 8);

    SECTION("an inner length beyond its template") { file[3] = 0x60; }
    SECTION("a template beyond the file") { file[1] = 0x7F; }
    SECTION("nothing but FF") { std::ranges::fill(file, std::uint8_t{0xFF}); }
    SECTION("one odd byte in a birth date") { file[22] ^= 0x40; }
    SECTION("nothing but zeros") { std::ranges::fill(file, std::uint8_t{0}); }
    SECTION("no bytes at all") { file = {0x65}; }
    SECTION("a person without first name") {
        file = joined({identity("CORROMPU", "NADIA", "19880919"),
                       object(0x65, joined({object(0x80, "CORROMPU"), object(0x82, "20100101")}))});
    }
    SECTION("a person with an empty name") { file = identity("  ", "NADIA", "19880919"); }
    SECTION("a person with two names") {
        file = object(0x65, joined({object(0x80, "CORROMPU"), object(0x80, "AUTRE"),
                                    object(0x81, "NADIA"), object(0x82, "19880919")}));
    }
    SECTION("a date of seven digits") { file = identity("CORROMPU", "NADIA", "1988091"); }
    SECTION("a file longer than any") { file = base::Bytes(5000, 0x65); }
    CHECK(code_of(read(card)) == Errc::malformed);
}

TEST_CASE("a damaged number file is malformed too", "[vitale]") {
    auto card = luc_exemple();
    auto& file = number_file(card).content;
    SECTION("a length beyond the template") { file[8] = 0x40; }
    SECTION("a number of fourteen characters") { file = number("17805759999017"); }
    SECTION("a byte that is no character") { file[12] = 0x07; }
    SECTION("nothing but FF") { std::ranges::fill(file, std::uint8_t{0xFF}); }
    CHECK(code_of(read(card)) == Errc::malformed);
}

TEST_CASE("a wrong key is not for the reader to judge", "[vitale]") {
    auto card = luc_exemple();
    number_file(card).content = number("170026299991118");
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries[0].nir == "170026299991118");
    CHECK_FALSE(vitale::Nir::parse(*read_out->beneficiaries[0].nir));
}

TEST_CASE("six-digit and lunar birth dates are kept as they are", "[vitale]") {
    auto card = luc_exemple();
    auto const date = GENERATE(as<std::string>{}, "120305", "19551701", "19580000");
    identity_file(card) = identity("SIECLE", "TOM", date);
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries[0].birth_date == date);
}

TEST_CASE("lists of different length are never mixed", "[vitale]") {
    auto card = modele_fictif_family();
    auto const numbers = GENERATE(std::vector<base::Bytes>{},
                                  std::vector{number("181043399790535"), number("283094499690687")},
                                  std::vector(5, number("181043399790535")));
    number_file(card).content = padded(joined(numbers), 64);
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->number_file == NumberFile::differs_in_length);
    CHECK(read_out->beneficiaries.size() == 4);
    for (auto const& person : read_out->beneficiaries)
        CHECK_FALSE(person.nir);
}
