// What the compiler proves of the journey, once: journey.cpp includes it.
#pragma once

#include "kiosk/journey/transitions.hpp"

#include <array>
#include <initializer_list>

namespace journey {
namespace proof {

constexpr bool deterministic() {
    for (std::size_t i = 0; i < transitions.size(); ++i)
        for (std::size_t j = i + 1; j < transitions.size(); ++j)
            if (transitions[i].from == transitions[j].from &&
                transitions[i].event == transitions[j].event)
                return false;
    return true;
}

constexpr bool rows_stand_at_their_index() {
    for (std::size_t i = 0; i < state_count; ++i)
        if (states[i].state != static_cast<State>(i)) return false;
    return true;
}

using StateSet = std::array<bool, state_count>;
using States = std::initializer_list<State>;

constexpr bool holds(States states, State state) {
    for (auto const each : states)
        if (each == state) return true;
    return false;
}

// Every state that some sequence of events leads to, without entering one of `avoided`.
constexpr StateSet reachable_from(State from, States avoided = {}) {
    StateSet seen{};
    std::array<State, state_count> found{from};
    std::size_t count = 1;
    seen[static_cast<std::size_t>(from)] = true;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t e = 0; e < event_count; ++e) {
            auto const reached = next(found[i], static_cast<Event>(e));
            if (!reached || holds(avoided, *reached) || seen[static_cast<std::size_t>(*reached)])
                continue;
            seen[static_cast<std::size_t>(*reached)] = true;
            found[count++] = *reached;
        }
    }
    return seen;
}

constexpr bool reachable(State from, State to, States avoided = {}) {
    return reachable_from(from, avoided)[static_cast<std::size_t>(to)];
}

// Whether these acts are the only way from this state towards the recording: every other event
// leads to where it can only be reached by coming back, or through the states that begin anew.
constexpr bool only_acts_lead_on(State from, std::initializer_list<Event> acts,
                                 States beginnings = {}) {
    for (std::size_t e = 0; e < event_count; ++e) {
        auto const event = static_cast<Event>(e);
        auto const reached = next(from, event);
        bool act = false;
        for (auto const each : acts)
            act = act || each == event;
        if (!reached || act || *reached == from || holds(beginnings, *reached)) continue;
        std::array<State, 4> avoided{from, from, from, from};
        std::size_t count = 1;
        for (auto const each : beginnings)
            avoided[count++] = each;
        if (reachable(*reached, State::recording, {avoided[0], avoided[1], avoided[2], avoided[3]}))
            return false;
    }
    return true;
}

constexpr bool all_reachable() {
    for (bool reached : reachable_from(State::starting))
        if (!reached) return false;
    return true;
}

constexpr bool every_wait_ends() {
    for (auto const& row : states) {
        bool const waits = row.phase == Phase::withdrawal || row.phase == Phase::session ||
                           row.phase == Phase::saving || row.phase == Phase::farewell;
        if (waits && !row.limit) return false;
        if (row.limit && !next(row.state, Event::time_out)) return false;
        // A person is asked before a session ends; M-01: at least 20 s to answer.
        if (row.limit && row.limit->warned && row.limit->grace < std::chrono::seconds{20})
            return false;
        if (row.limit && row.limit->warned &&
            (!row.limit->absence || row.limit->absence->grace < std::chrono::seconds{20}))
            return false;
    }
    return true;
}

constexpr bool open_door_ends_all_but_saving() {
    for (auto const& row : states) {
        bool const ends = row.phase != Phase::saving && row.phase != Phase::farewell;
        auto const reached = next(row.state, Event::door_opened);
        if (ends ? reached != State::cabinet_open : reached.has_value()) return false;
    }
    return true;
}

}  // namespace proof

static_assert(proof::rows_stand_at_their_index());
static_assert(proof::deterministic(), "two rows for the same state and event");
static_assert(proof::all_reachable());
static_assert(proof::every_wait_ends());
static_assert(proof::open_door_ends_all_but_saving());
static_assert(!proof::reachable(State::cabinet_open, State::recording, {State::attract}),
              "an open cabinet leads to recording without its door being closed");
static_assert(proof::reachable(State::attract, State::recording));
static_assert(!proof::reachable(State::withdrawing, State::recording,
                                {State::attract, State::reading}),
              "a withdrawal leads to recording");
static_assert(proof::only_acts_lead_on(State::consent, {Event::accept}),
              "something other than agreeing leads from the consent to recording");
static_assert(proof::only_acts_lead_on(State::review, {Event::send, Event::identity_asked}),
              "something other than sending leads from the review to recording");
static_assert(proof::only_acts_lead_on(State::identity_checking, {Event::identity_confirmed},
                                       {State::review}),
              "something other than the right PIN leads from the identity check to recording");
static_assert(!proof::reachable(State::attract, State::recording, {State::consent}),
              "a path to recording skips the consent");
static_assert(!proof::reachable(State::attract, State::recording, {State::review}),
              "a path to recording skips the review");
static_assert(!proof::reachable(State::attract, State::review, {State::checking_card}),
              "a path to the review skips reading the card again");
static_assert(!proof::reachable(State::attract, State::recording, {State::emergency}),
              "a path to recording skips the question on emergency access");
static_assert(!proof::reachable(State::identity_author, State::recording,
                                {State::review, State::identity_checking}),
              "a path from the identity check to recording skips the PIN");
// A person chosen anew is a beginning, and so is the card read anew.
static_assert(proof::only_acts_lead_on(State::other_adult, {Event::confirm_person},
                                       {State::choose_person, State::reading}),
              "another adult's record is requested by somebody who did not say to be that person");
static_assert(!proof::reachable(State::representative, State::consent,
                                {State::authority, State::choose_person, State::reading}),
              "a child's record is requested by somebody who did not state to hold the authority");
static_assert(
    !proof::reachable(State::representative, State::consent,
                      {State::relationship, State::choose_person, State::reading}),
    "a child's record is requested by somebody who did not say who they are to the child");
static_assert(!proof::reachable(State::representative, State::consent,
                                {State::childs_word, State::choose_person, State::reading}),
              "a child's record is requested without the child having been told");

}  // namespace journey
