#include "drivers/vitale/findings.hpp"

#include "tests/drivers/vitale/support.hpp"

using namespace vitale_tests;
using vitale::Findings;

namespace {

auto const luc = identity("EXEMPLE", "LUC", "19780514");
auto const luc_number = number("178057599990175");

}  // namespace

TEST_CASE("a file is overwritten once its content is found", "[vitale]") {
    Configuration const configuration;
    Findings findings{configuration};
    auto file = luc;
    REQUIRE(findings.add_identities(file));
    CHECK(file.empty());
    file = hex("65 7F");
    CHECK_FALSE(findings.add_numbers(file));
    CHECK(file.empty());
    file = joined({luc_number});
    CHECK(findings.add_listed(file));
    CHECK(file.empty());
}

TEST_CASE("a file may hold names and numbers, or neither", "[vitale]") {
    Configuration const configuration;
    Findings findings{configuration};
    auto neither = object(0x65, object(0x90, "FRA"));
    CHECK(findings.add_listed(neither));
    CHECK_FALSE(findings.has_identities());
    CHECK_FALSE(findings.has_numbers());
    auto both = object(0x65, joined({object(0x80, "EXEMPLE"), object(0x81, "LUC"),
                                     object(0x82, "19780514"), object(0x93, "178057599990175")}));
    CHECK(findings.add_listed(both));
    auto const card = findings.card();
    REQUIRE(card);
    CHECK(card->beneficiaries.at(0).nir == "178057599990175");
}

TEST_CASE("without identities the most telling refusal is the error", "[vitale]") {
    Configuration const configuration;
    auto const code = [&](std::vector<std::uint16_t> const& refusals) {
        Findings findings{configuration};
        for (auto const refusal : refusals)
            findings.note_identities({refusal});
        return findings.card().error().code;
    };
    CHECK(code({0x6A82}) == Errc::file_missing);
    CHECK(code({0x6982, 0x6A82}) == Errc::access_denied);
    CHECK(code({0x6A82, 0x6982}) == Errc::access_denied);
    CHECK(code({0x6F00}) == Errc::malformed);
}

TEST_CASE("without numbers the reason is handed over with the persons", "[vitale]") {
    Configuration const configuration;
    Findings findings{configuration};
    findings.note_numbers(NumberFile::refused);
    auto file = luc;
    REQUIRE(findings.add_identities(file));
    CHECK(findings.card()->number_file == NumberFile::refused);
}
