#include "kiosk/ui/plural.hpp"

#include "kiosk/ui/view.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <algorithm>

namespace {

ui::PluralRules rules_of(std::string_view language) {
    auto rules = ui::PluralRules::open(language);
    REQUIRE(rules.has_value());
    return std::move(*rules);
}

}  // namespace

TEST_CASE("French has one form for 0 and 1, English for 1 alone, Arabic six in all", "[ui]") {
    auto const french = rules_of("fr");
    CHECK(french.form(0) == "one");
    CHECK(french.form(1) == "one");
    CHECK(french.form(2) == "other");
    auto const english = rules_of("en");
    CHECK(english.form(0) == "other");
    CHECK(english.form(1) == "one");
    auto const arabic = rules_of("ar");
    for (auto const& [count, form] :
         {std::pair{0, "zero"}, std::pair{1, "one"}, std::pair{2, "two"}, std::pair{3, "few"},
          std::pair{10, "few"}, std::pair{11, "many"}, std::pair{99, "many"},
          std::pair{100, "other"}, std::pair{103, "few"}})
        CHECK(arabic.form(count) == form);
    CHECK(arabic.forms().size() == 6);
    CHECK(french.forms().size() == 2);
}

TEST_CASE("a counted text says its number in the form of its language", "[ui]") {
    auto const said = [](std::string_view deck, int count) {
        auto const texts = ui::Texts::open(samples::assets(), deck);
        REQUIRE(texts.has_value());
        return texts->counted("identity_pin.waiting", count);
    };
    CHECK(said("fr", 1).find("1 seconde,") != std::string::npos);
    CHECK(said("fr", 30).find("30 secondes,") != std::string::npos);
    CHECK(said("en", 1).find("1 second,") != std::string::npos);
    // Thirty, five and two take three forms in Arabic; the last says no figure.
    CHECK(said("ar", 30).find("30 ثَانِيَة") != std::string::npos);
    CHECK(said("ar", 5).find("5 ثَوَانٍ") != std::string::npos);
    CHECK(said("ar", 2).find('2') == std::string::npos);
    for (auto const deck : ui::decks)
        for (int const count : {0, 1, 2, 5, 30, 100})
            CHECK(said(deck, count).find('{') == std::string::npos);
}
