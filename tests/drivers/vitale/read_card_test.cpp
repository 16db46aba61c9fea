#include "drivers/vitale/read_card.hpp"

#include "tests/drivers/vitale/support.hpp"

using namespace vitale_tests;

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

TEST_CASE("no error says anything about a person", "[vitale]") {
    auto card = luc_exemple();
    identity_file(card)[22] ^= 0x40;
    auto const read_out = read(card);
    REQUIRE_FALSE(read_out);
    auto const text = base::describe(read_out.error());
    CHECK(text.find("EXEMPLE") == std::string::npos);
    CHECK(text.find("1978") == std::string::npos);
}
