// The transition table and its proofs. Specific rows first, then the rows of a whole phase; what is
// in neither is ignored, and each ignored pair stands in tests/kiosk/journey/matrix.approved.txt.
#pragma once

#include "kiosk/journey/event.hpp"
#include "kiosk/journey/state.hpp"

#include <array>
#include <optional>

namespace journey {

struct Transition {
    State from;
    Event event;
    State to;
};

struct PhaseTransition {
    Phase from;
    Event event;
    State to;
};

inline constexpr auto transitions = [] {
    using enum State;
    using E = Event;
    return std::to_array<Transition>({
        // Every level that is missing has its own closed state; attract compares them all on entry.
        {starting, E::store_ready, attract},
        {starting, E::store_lost, cannot_record},
        {not_open, E::day_opened, attract},
        {cannot_record, E::store_ready, attract},
        {reader_trouble, E::reader_ready, attract},

        {attract, E::card_inserted, reading},
        {attract, E::learn, learn},
        // Whatever a visitor chose there is undone.
        {attract, E::time_out, attract},
        {not_open, E::time_out, not_open},
        {cannot_record, E::time_out, cannot_record},
        {reader_trouble, E::time_out, reader_trouble},
        {learn, E::card_inserted, reading},
        {learn, E::done, attract},
        {learn, E::time_out, attract},

        // Whose record? The app judges who a person is, from the card and the day.
        {reading, E::several_persons, choose_person},
        {reading, E::century_asked, birth_century},
        {reading, E::chose_insured_adult, explain},
        {reading, E::chose_minor, representative},
        {reading, E::must_go_to_desk, desk},
        {reading, E::card_failed, card_trouble},
        {reading, E::time_out, card_trouble},
        {choose_person, E::century_asked, birth_century},
        {choose_person, E::chose_insured_adult, explain},
        {choose_person, E::chose_other_adult, other_adult},
        {choose_person, E::chose_minor, representative},
        {choose_person, E::must_go_to_desk, desk},
        {choose_person, E::not_me, desk},
        {birth_century, E::chose_insured_adult, explain},
        {birth_century, E::chose_other_adult, other_adult},
        {birth_century, E::chose_minor, representative},
        {birth_century, E::must_go_to_desk, desk},
        {birth_century, E::back, choose_person},
        {other_adult, E::confirm_person, explain},
        {other_adult, E::not_me, desk},
        {other_adult, E::back, choose_person},

        // Who acts for the child.
        {representative, E::representative_picked, relationship},
        {representative, E::type_representative, representative_family_name},
        {representative, E::no_representative, desk},
        {representative, E::back, choose_person},
        {representative_family_name, E::next, representative_first_name},
        {representative_family_name, E::back, representative},
        {representative_first_name, E::next, relationship},
        {representative_first_name, E::back, representative_family_name},
        {relationship, E::relationship_picked, authority},
        {relationship, E::back, representative},
        {authority, E::declare_authority, childs_word},
        {authority, E::no_authority, desk},
        {authority, E::back, relationship},
        {childs_word, E::child_agrees, explain},
        {childs_word, E::child_too_young, explain},
        {childs_word, E::child_refuses, refused},
        {childs_word, E::back, authority},

        {explain, E::next, consent},
        {explain, E::under_guardianship, desk},
        // Nobody decides before knowing that the answer could not be recorded.
        {explain, E::store_lost, cannot_record},
        {consent, E::store_lost, cannot_record},
        {explain, E::more, explain_more},
        {explain_more, E::back, explain},
        {consent, E::accept, birth_name},
        {consent, E::refuse, refused},
        {consent, E::think_over, thinking},
        {consent, E::more, consent_details},
        {consent, E::back, explain},
        {consent_details, E::back, consent},

        {birth_name, E::name_is_birth_name, emergency},
        {birth_name, E::name_differs, birth_name_entry},
        {birth_name, E::back, consent},
        {birth_name_entry, E::next, emergency},
        {birth_name_entry, E::back, birth_name},

        {emergency, E::next, contact},
        {emergency, E::back, birth_name},

        {contact, E::give_mobile, mobile_entry},
        {contact, E::give_email, email_entry},
        {contact, E::next, checking_card},
        {contact, E::back, emergency},
        {mobile_entry, E::next, mobile_check},
        {mobile_entry, E::back, contact},
        {mobile_check, E::next, contact},
        {mobile_check, E::back, mobile_entry},
        {email_entry, E::next, email_check},
        {email_entry, E::back, contact},
        {email_check, E::next, contact},
        {email_check, E::back, email_entry},

        {checking_card, E::card_confirmed, review},
        {checking_card, E::card_differs, desk},
        {checking_card, E::card_failed, card_trouble},
        {checking_card, E::time_out, card_trouble},
        {review, E::send, recording},
        {review, E::identity_asked, identity_author},
        {review, E::change_person, choose_person},
        {review, E::change_century, birth_century},
        {review, E::change_representative, representative},
        {review, E::change_name, birth_name},
        {review, E::change_emergency, emergency},
        {review, E::change_contact, contact},
        {review, E::back, contact},
        {review, E::cancel, cancelled},

        // Where the site asks for it: a person of the staff saw an identity document. It stands
        // behind the review, so that nothing can change between what was seen and what is sent.
        {identity_author, E::author_picked, identity_pin},
        {identity_author, E::back, review},
        {identity_author, E::cancel, cancelled},
        {identity_pin, E::next, identity_checking},
        {identity_pin, E::back, identity_author},
        {identity_checking, E::identity_confirmed, recording},
        {identity_checking, E::identity_refused, identity_pin},
        {identity_checking, E::time_out, identity_author},

        {recording, E::saved, recorded},
        {recording, E::save_refused, not_recorded},
        {recording, E::save_unanswered, confirming},
        {recording, E::time_out, confirming},
        {confirming, E::saved, recorded},
        {confirming, E::save_refused, not_recorded},
        {confirming, E::time_out, unconfirmed},

        // Who pulls the card to turn it over is shown the slot again, not the complaint.
        {card_trouble, E::card_removed, attract},
        {timed_out, E::card_removed, attract},
        {take_card, E::card_removed, attract},
        {card_taken, E::done, attract},
        {card_taken, E::time_out, attract},
    });
}();

inline constexpr auto phase_transitions = [] {
    using enum State;
    using E = Event;
    return std::to_array<PhaseTransition>({
        {Phase::closed, E::reader_lost, reader_trouble},
        {Phase::idle, E::reader_lost, reader_trouble},
        {Phase::idle, E::store_lost, cannot_record},
        {Phase::idle, E::day_closed, not_open},
        // The card is the session.
        {Phase::session, E::card_removed, card_taken},
        {Phase::session, E::reader_lost, reader_trouble},
        {Phase::session, E::time_out, timed_out},
        {Phase::session, E::start_again, reading},
        // The next card ends every farewell; nothing of the person before is left by then.
        {Phase::farewell, E::card_inserted, reading},
        {Phase::farewell, E::done, take_card},
        {Phase::farewell, E::time_out, attract},
    });
}();

constexpr std::optional<State> next(State state, Event event) {
    for (auto const& row : transitions)
        if (row.from == state && row.event == event) return row.to;
    for (auto const& row : phase_transitions)
        if (row.from == phase(state) && row.event == event) return row.to;
    return std::nullopt;
}

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
        bool const waits = row.phase == Phase::session || row.phase == Phase::saving ||
                           row.phase == Phase::farewell;
        if (waits && !row.limit) return false;
        if (row.limit && !next(row.state, Event::time_out)) return false;
        // A person is asked before a session ends; M-01: at least 20 s to answer.
        if (row.limit && row.limit->warned && row.limit->grace < std::chrono::seconds{20})
            return false;
    }
    return true;
}

}  // namespace proof

static_assert(proof::rows_stand_at_their_index());
static_assert(proof::deterministic(), "two rows for the same state and event");
static_assert(proof::all_reachable());
static_assert(proof::every_wait_ends());
static_assert(proof::reachable(State::attract, State::recording));
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
