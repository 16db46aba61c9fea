#include "drivers/vitale/read_card.hpp"

#include "drivers/vitale/nir.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <utility>

using namespace test_cards;
using base::Errc;
using vitale::Configuration;
using vitale::NumberFile;

namespace {

base::Result<vitale::VitaleCard> read(ModelCard& card, Configuration const& configuration = {}) {
    return vitale::read_card(card.transmit(), configuration, card.atr);
}

Errc code_of(base::Result<vitale::VitaleCard> const& result) {
    REQUIRE_FALSE(result);
    return result.error().code;
}

base::Bytes& identity_file(ModelCard& card) { return card.root.at(2).content; }
File& number_file(ModelCard& card) { return card.applications.begin()->second.at(2); }

}  // namespace

TEST_CASE("a nominal card is read, friendly or strict", "[vitale]") {
    auto card = luc_exemple();
    card.strict_t0 = GENERATE(false, true);
    auto const read_out = read(card);
    REQUIRE(read_out);
    REQUIRE(read_out->beneficiaries.size() == 1);
    auto const& luc = read_out->beneficiaries.front();
    CHECK(luc.position == 0);
    CHECK(luc.family_name.utf8 == "EXEMPLE");
    CHECK(luc.family_name.raw == base::to_bytes("EXEMPLE"));
    CHECK(luc.first_name.utf8 == "LUC");
    CHECK(luc.birth_date == "19780514");
    CHECK(luc.nir == "178057599990175");
    CHECK(read_out->number_file == NumberFile::read);
}

TEST_CASE("a strict T=0 card with two short files costs eight commands", "[vitale]") {
    auto card = luc_exemple();
    card.strict_t0 = true;
    REQUIRE(read(card));
    CHECK(card.log.size() == 8);
    CHECK(card.log.front() == hex("00A404000B D250000002564954414C45 00"));

    SECTION("each further block costs one more") {
        auto large = twelve_persons();
        large.strict_t0 = true;
        REQUIRE(identity_file(large).size() > 256);
        REQUIRE(identity_file(large).size() < 512);
        REQUIRE(read(large));
        CHECK(large.log.size() == 9);
    }
    SECTION("two are saved when the answer to SELECT is left on the card") {
        card.log.clear();
        Configuration configuration;
        configuration.select_announcement = vitale::SelectAnnouncement::left;
        REQUIRE(read(card, configuration));
        CHECK(card.log.size() == 6);
    }
    SECTION("a friendly card costs four") {
        auto friendly = luc_exemple();
        REQUIRE(read(friendly));
        CHECK(friendly.log.size() == 4);
    }
    SECTION("blocks of padding are not read") {
        auto roomy = luc_exemple();
        roomy.strict_t0 = true;
        identity_file(roomy).resize(2048);
        number_file(roomy).content.resize(1024);
        REQUIRE(read(roomy));
        CHECK(roomy.log.size() <= 8);
    }
}

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

TEST_CASE("twelve persons in more than one block are all read", "[vitale]") {
    auto card = twelve_persons();
    card.strict_t0 = GENERATE(false, true);
    auto const read_out = read(card);
    REQUIRE(read_out);
    REQUIRE(read_out->beneficiaries.size() == 12);
    CHECK(read_out->beneficiaries[11].first_name.utf8 == "ENFANT 11");
}

TEST_CASE("an identity file that ends exactly with a block is read whole", "[vitale]") {
    auto card = luc_exemple();
    card.strict_t0 = GENERATE(false, true);
    identity_file(card) = identity(std::string(236, 'A'), "LU", "19780514");
    REQUIRE(identity_file(card).size() == 256);
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries.front().family_name.utf8 == std::string(236, 'A'));
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

TEST_CASE("a refused or missing number file is told apart, and the persons are read", "[vitale]") {
    auto card = luc_exemple();
    auto expected = NumberFile::read;
    SECTION("refused") {
        number_file(card).refusal = GENERATE(std::uint16_t{0x6982}, std::uint16_t{0x6985});
        expected = NumberFile::refused;
    }
    SECTION("missing") {
        number_file(card).refusal =
            static_cast<std::uint16_t>(GENERATE(0x6A82, 0x6A81, 0x6A86, 0x6B00));
        expected = NumberFile::missing;
    }
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->number_file == expected);
    CHECK(read_out->beneficiaries.at(0).family_name.utf8 == "EXEMPLE");
    CHECK(read_out->beneficiaries.at(0).nir.has_value() == (expected == NumberFile::read));
}

TEST_CASE("a status word nobody foresaw is malformed and named", "[vitale]") {
    auto card = luc_exemple();
    number_file(card).refusal = 0x6F42;
    auto const read_out = read(card);
    CHECK(code_of(read_out) == Errc::malformed);
    CHECK(read_out.error().detail == "number file: 6f42");
}

TEST_CASE("refused or missing identities are an error", "[vitale]") {
    auto card = luc_exemple();
    card.root[2].refusal = 0x6982;
    CHECK(code_of(read(card)) == Errc::access_denied);
    card.root.clear();
    CHECK(code_of(read(card)) == Errc::file_missing);
}

TEST_CASE("the root is found by its application where 3F00 is refused", "[vitale]") {
    auto card = luc_exemple();
    card.strict_t0 = GENERATE(false, true);
    card.root_has_file_identifier = false;
    CHECK(code_of(read(card)) == Errc::file_missing);
    card.root_aid = hex("D2 50 00 00 02 4D 46 5F 56 49 54 41 4C 45");
    CHECK(read(card));
}

TEST_CASE("a card that refuses Le on SELECT is selected without", "[vitale]") {
    auto card = luc_exemple();
    card.refuses_le_on_select = true;
    CHECK(read(card));
    Configuration configuration;
    configuration.select_by_aid = {iso7816::SelectAnswer::wanted};
    CHECK(code_of(read(card, configuration)) == Errc::file_missing);
}

TEST_CASE("another layout is a matter of configuration", "[vitale]") {
    auto card = luc_exemple();
    auto root = std::exchange(card.root, {});
    card.root[7] = root[2];
    Configuration configuration;
    CHECK(code_of(read(card, configuration)) == Errc::file_missing);
    configuration.identity_sfi = 7;
    CHECK(read(card, configuration));
    configuration.tags.person = 0x66;
    CHECK(code_of(read(card, configuration)) == Errc::malformed);
}

TEST_CASE("an invalid configuration asks the card nothing", "[vitale]") {
    auto card = luc_exemple();
    Configuration configuration;
    configuration.number_sfi = 0;
    CHECK(code_of(read(card, configuration)) == Errc::configuration_invalid);
    CHECK(card.log.empty());
}

TEST_CASE("a carte Vitale is known by its application, not by its ATR", "[vitale]") {
    auto card = luc_exemple();
    card.atr = GENERATE(hex("3B 75 13 00 00 4D 09 EA 90 00"), hex("3B 00"), base::Bytes{},
                        hex("3F 65 25 00 22 09 69 90 00"));
    CHECK(read(card));
}

TEST_CASE("a Vitale 1 is named", "[vitale]") {
    auto card = vitale_1();
    card.atr = GENERATE(hex("3F 65 25 00 22 09 69 90 00"), hex("3F 65 25 00 52 09 6A 90 00"));
    card.only_class_bc = GENERATE(std::uint16_t{0x6E00}, std::uint16_t{0x6D00});
    CHECK(code_of(read(card)) == Errc::card_vitale_1);
    CHECK(card.log.size() == 1);
}

TEST_CASE("a professional's card is named", "[vitale]") {
    auto card = professional_card();
    card.atr = GENERATE(hex("3BAC00402A001225006480000310009000"),
                        hex("3BAC00402A001225006480820212009000"),
                        hex("3BDC18FF0000122500648000040100 9000"),
                        hex("3B8F80010031B86404B0ECC1739401808290000E"));
    card.root_has_file_identifier = GENERATE(false, true);
    CHECK(code_of(read(card)) == Errc::card_professional);
}

TEST_CASE("any other card is unknown, and nothing but the application is asked for", "[vitale]") {
    auto card = bank_card();
    card.unknown_application = GENERATE(std::uint16_t{0x6A82}, std::uint16_t{0x6999},
                                        std::uint16_t{0x6D00}, std::uint16_t{0x6E00});
    CHECK(code_of(read(card)) == Errc::card_unknown);
    for (auto const& command : card.log) {
        CHECK(command[1] == 0xA4);
        CHECK(command[2] == 0x04);
    }
}

TEST_CASE("a carte Vitale that refuses its application is not called a foreign card", "[vitale]") {
    auto card = luc_exemple();
    card.applications.clear();
    CHECK(code_of(read(card)) == Errc::file_missing);
    card.unknown_application = 0x6982;
    CHECK(code_of(read(card)) == Errc::access_denied);
}

TEST_CASE("a card pulled at any command says card_removed", "[vitale]") {
    auto card = luc_exemple();
    card.strict_t0 = true;
    auto const pulled_at = GENERATE(range(0U, 8U));
    auto const transmit = card.transmit();
    auto const read_out = vitale::read_card(
        [&](iso7816::CommandApdu const& command) -> base::Result<iso7816::ResponseApdu> {
            if (card.log.size() == pulled_at) return base::failure(Errc::card_removed);
            return transmit(command);
        },
        {}, card.atr);
    CHECK(code_of(read_out) == Errc::card_removed);
}

TEST_CASE("no error says anything about a person", "[vitale]") {
    auto card = luc_exemple();
    identity_file(card)[22] ^= 0x40;
    auto const read_out = read(card);
    REQUIRE_FALSE(read_out);
    auto const text = base::describe(read_out.error());
    CHECK(text.find("EXEMPLE") == std::string::npos);
    CHECK(text.find("1978") == std::string::npos);
}

TEST_CASE("a wiped card holds nobody, and the memory was overwritten", "[vitale]") {
    auto card = modele_fictif_family();
    auto read_out = read(card);
    REQUIRE(read_out);
    vitale::wipe(*read_out);
    CHECK(read_out->beneficiaries.empty());
    CHECK(read_out->number_file == NumberFile::missing);

    auto secret = base::to_bytes("181043399790535");
    auto const* memory = secret.data();  // wiping keeps the buffer, so that it can be looked at
    base::wipe(secret);
    CHECK(secret.empty());
    CHECK(std::all_of(memory, memory + 15, [](std::uint8_t byte) { return byte == 0; }));
}
