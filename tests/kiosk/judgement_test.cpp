#include "kiosk/judgement.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

#include <array>

using namespace app_tests;
using journey::Event;
using journey::Trouble;
using vitale::NumberFile;

namespace {

constexpr auto agricultural_number = "555555000001661";

vitale::VitaleCard with_number(std::optional<std::string> const& number) {
    auto card = luc();
    card.beneficiaries[0].nir = number;
    return card;
}

std::optional<Trouble> trouble_of(vitale::VitaleCard const& card) {
    return kiosk::trouble_of_card(card, settings());
}

kiosk::Verdict judge(journey::Session& session, vitale::VitaleCard const& card) {
    kiosk::Today const today{.day = std::chrono::year{2024} / 1 / 2, .trusted = true};
    return kiosk::judge(session, card, settings(), today);
}

}  // namespace

TEST_CASE("numbers for life and provisional ones go on, those of migrants do not") {
    for (char const digit : {'1', '2', '3', '4', '7', '8'}) {
        CAPTURE(digit);
        CHECK_FALSE(trouble_of(with_number(number_of_class(digit))));
    }
    for (char const digit : {'5', '6'}) {
        CAPTURE(digit);
        CHECK(trouble_of(with_number(number_of_class(digit))) == Trouble::number_class);
    }
    CHECK(trouble_of(with_number(agricultural_number)) == Trouble::number_class);
}

TEST_CASE("a wrong key is named before the class") {
    for (char const digit : {'1', '5', '8'}) {
        auto number = number_of_class(digit);
        number.back() = number.back() == '9' ? '0' : static_cast<char>(number.back() + 1);
        CAPTURE(digit);
        CHECK(trouble_of(with_number(number)) == Trouble::number_wrong_key);
    }
    CHECK(trouble_of(with_number("17805759999017")) == Trouble::number_wrong_key);
}

TEST_CASE("a number that is missing, refused or of doubtful owner is told apart") {
    CHECK(trouble_of(with_number(std::nullopt)) == Trouble::number_missing);
    auto card = luc();
    card.number_file = NumberFile::missing;
    CHECK(trouble_of(card) == Trouble::number_missing);
    card.number_file = NumberFile::refused;
    CHECK(trouble_of(card) == Trouble::number_refused);
    card.number_file = NumberFile::differs_in_length;
    CHECK(trouble_of(card) == Trouble::lists_differ);
    card.beneficiaries.clear();
    CHECK(trouble_of(card) == Trouble::card_damaged);
}

TEST_CASE("the insured person's number counts, not a child's") {
    auto card = with_child();
    CHECK_FALSE(trouble_of(card));
    card.beneficiaries[1].nir = "178057599990176";
    CHECK_FALSE(trouble_of(card));
    card.beneficiaries[1].nir = card.beneficiaries[0].nir;
    card.beneficiaries[0].nir.reset();
    CHECK(trouble_of(card) == Trouble::number_missing);
}

TEST_CASE("a listed number is a demonstration card's, in production only") {
    auto listed = settings();
    listed.test_numbers = {*luc().beneficiaries[0].nir};
    CHECK_FALSE(kiosk::trouble_of_card(luc(), listed));
    listed.environment = dmp::Environment::production;
    CHECK(kiosk::trouble_of_card(luc(), listed) == Trouble::test_number);
    listed.test_numbers = {number_of_class('2')};
    CHECK_FALSE(kiosk::trouble_of_card(luc(), listed));
}

TEST_CASE("the session holds everyone on the card, and nobody of the card before") {
    journey::Session session;
    kiosk::fill_session(session, with_child());
    kiosk::fill_session(session, with_child());
    REQUIRE(session.persons.size() == 2);
    CHECK(session.insured().first_name.view() == "LUC");
    CHECK(session.persons[1].first_name.view() == "LEA");
    CHECK(session.persons[1].position == 1);
    CHECK(session.nir.view() == "178057599990175");
    kiosk::fill_session(session, with_number(std::nullopt));
    CHECK(session.persons.size() == 1);
    CHECK(session.nir.empty());
}

TEST_CASE("an adult alone is enrolled, several persons are asked, a trouble fills nothing") {
    journey::Session alone;
    CHECK(judge(alone, luc()).event == Event::chose_insured_adult);
    CHECK(alone.enrolled == 0);

    journey::Session several;
    CHECK(judge(several, with_child()).event == Event::several_persons);
    CHECK_FALSE(several.enrolled);

    journey::Session troubled;
    auto const verdict = judge(troubled, with_number(std::nullopt));
    CHECK(verdict.event == Event::must_go_to_desk);
    CHECK(verdict.trouble == Trouble::number_missing);
    CHECK(troubled.persons.empty());
}

TEST_CASE("the same card is the same in every byte of every person") {
    journey::Session session;
    kiosk::fill_session(session, with_child());
    CHECK(kiosk::same_card(session, with_child()));

    auto other = with_child();
    SECTION("another number") { other.beneficiaries[0].nir = number_of_class('2'); }
    SECTION("no number") { other.beneficiaries[0].nir.reset(); }
    SECTION("a child's first name") { other.beneficiaries[1].first_name = text("ZOE"); }
    SECTION("a byte that is shown alike") { other.beneficiaries[1].family_name.raw.back() = 0xFF; }
    SECTION("a birth date") { other.beneficiaries[1].birth_date = "20140204"; }
    SECTION("another order") {
        std::swap(other.beneficiaries[0].first_name, other.beneficiaries[1].first_name);
    }
    SECTION("one person fewer") { other.beneficiaries.pop_back(); }
    SECTION("one person more") { other.beneficiaries.push_back(other.beneficiaries[1]); }
    CHECK_FALSE(kiosk::same_card(session, other));
}
