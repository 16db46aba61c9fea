#include "kiosk/ui/keyboard.hpp"
#include "kiosk/ui/written.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

TEST_CASE("a birth date is written out, and one that is no day is left as it stands", "[ui]") {
    auto const texts = ui::Texts::open(samples::assets(), "fr");
    REQUIRE(texts.has_value());
    CHECK(ui::date_in_words("19780514", *texts) == "14 mai 1978");
    CHECK(ui::date_in_words("19990101", *texts) == "1er janvier 1999");
    CHECK(ui::date_in_words("20000229", *texts) == "29 février 2000");
    CHECK(ui::date_in_words("19551701", *texts) == "1955-17-01");  // lunar month
    CHECK(ui::date_in_words("19550000", *texts) == "1955-00-00");  // unknown day and month
    CHECK(ui::date_in_words("19990229", *texts) == "1999-02-29");  // no such day
    CHECK(ui::date_in_words("470226", *texts) == "470226");        // century unknown
    CHECK(ui::date_in_words("", *texts).empty());
}

TEST_CASE("a number is written in groups and masked but for five digits", "[ui]") {
    CHECK(ui::number_in_groups("178057599990175", false) ==
          "1\u00A078\u00A005\u00A075\u00A0999\u00A0901\u00A075");
    CHECK(ui::number_in_groups("178057599990175", true) ==
          "1\u00A078\u00A005\u00A0••\u00A0•••\u00A0•••\u00A0••");
}

TEST_CASE("a mobile number is written in pairs, also while it is typed", "[ui]") {
    CHECK(ui::in_pairs("0612345678") == "06\u00A012\u00A034\u00A056\u00A078");
    CHECK(ui::in_pairs("061") == "06\u00A01");
    CHECK(ui::in_pairs("").empty());
}

TEST_CASE("a reference is written in two groups of five", "[ui]") {
    CHECK(ui::reference_in_groups("7KM4P2XD9C") == "7KM4P\u00A02XD9C");
}

TEST_CASE("a number stays with its word", "[ui]") {
    CHECK(ui::whole_numbers("guichet 3, à gauche") == "guichet\u00A03, à gauche");
}

TEST_CASE("a key is found by what it types", "[ui]") {
    CHECK(ui::key_id("A") == "key_a");
    CHECK(ui::key_id("a") == "key_a");
    CHECK(ui::key_id("É") == "key_é");
    CHECK(ui::key_id("Œ") == "key_œ");
    CHECK(ui::key_id("Ÿ") == "key_ÿ");
    CHECK(ui::key_id("7") == "key_7");
    CHECK(ui::key_id(" ") == "key_space");
    CHECK(ui::key_id(".") == "key_.");
    CHECK(ui::key_id("@") == "key_@");
    CHECK(ui::key_id("@orange.fr") == "suffix_orange.fr");
    CHECK(ui::key_id(".fr") == "suffix_fr");
}

TEST_CASE("an address breaks before its @, and nothing else does", "[ui]") {
    CHECK(ui::breakable("luc@laposte.net") == "luc\u200B@laposte.net");
    for (auto const* const text : {"@gmail.com", "@", "Par exemple : nom@exemple.fr", "LUC", ""})
        CHECK(ui::breakable(text) == text);
}
