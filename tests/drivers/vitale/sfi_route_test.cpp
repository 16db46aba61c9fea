#include "drivers/vitale/routes.hpp"

#include "tests/drivers/vitale/support.hpp"

#include <utility>

using namespace vitale_tests;

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
    card.root_aid = hex(root_aid);
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
