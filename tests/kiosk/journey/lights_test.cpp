#include "kiosk/journey/lights.hpp"

#include "tests/catch.hpp"

using journey::lights;
using journey::Phase;
using journey::SlotLight;
using journey::State;
using journey::StatusLight;

TEST_CASE("the slot breathes until somebody is near, and then invites") {
    CHECK(lights({State::attract}).slot == SlotLight::breathing);
    CHECK(lights({.state = State::attract, .someone = true}).slot == SlotLight::invite);
}

TEST_CASE("the slot shows what is done with the card") {
    auto const with_card = [](State state) {
        return lights({.state = state, .card_present = true, .someone = true}).slot;
    };
    CHECK(with_card(State::reading) == SlotLight::blink);
    CHECK(with_card(State::consent) == SlotLight::steady);
    CHECK(with_card(State::checking_card) == SlotLight::blink);
    CHECK(with_card(State::recording) == SlotLight::steady);
    CHECK(with_card(State::card_trouble) == SlotLight::error);
    CHECK(with_card(State::recorded) == SlotLight::take_card);
    CHECK(with_card(State::take_card) == SlotLight::take_card);
}

TEST_CASE("a farewell without a card asks for none, unless it came out too early") {
    CHECK(lights({State::recorded}).slot == SlotLight::off);
    CHECK(lights({State::card_taken}).slot == SlotLight::invite);
}

TEST_CASE("a closed kiosk invites nobody and gives back a card that is in") {
    for (auto const& row : journey::states) {
        if (row.phase != Phase::closed) continue;
        INFO(row.name);
        CHECK(lights({.state = row.state, .someone = true}).slot == SlotLight::off);
        CHECK(lights({.state = row.state, .card_present = true}).slot == SlotLight::take_card);
        CHECK(lights({.state = row.state, .someone = true}).status == StatusLight::out);
    }
}

TEST_CASE(
    "the reception sees whether the kiosk is free, busy or out, and above all a call for help") {
    CHECK(lights({State::attract}).status == StatusLight::free);
    for (auto const state :
         {State::reference_entry, State::consent, State::recording, State::recorded})
        CHECK(lights({state}).status == StatusLight::busy);
    for (auto const& row : journey::states)
        CHECK(lights({.state = row.state, .help_wanted = true}).status == StatusLight::help);
}
