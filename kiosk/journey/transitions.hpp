// The transition table; proofs.hpp holds what is proven of it. Specific rows first, then the rows
// of a whole phase; what is in neither is ignored, and each ignored pair stands in
// tests/kiosk/journey/matrix.approved.txt.
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
        {cabinet_open, E::door_closed, attract},
        // Whoever works inside may unplug the reader.
        {cabinet_open, E::reader_lost, cabinet_open},

        {attract, E::card_inserted, reading},
        {attract, E::learn, learn},
        // Whatever a visitor chose there is undone.
        {attract, E::time_out, attract},
        {not_open, E::time_out, not_open},
        {cannot_record, E::time_out, cannot_record},
        {reader_trouble, E::time_out, reader_trouble},
        {cabinet_open, E::time_out, cabinet_open},
        {learn, E::card_inserted, reading},
        {learn, E::done, attract},
        {learn, E::time_out, attract},

        // Also when nobody can enrol: that the reader rests or the day is over hinders no one.
        {attract, E::withdraw, reference_entry},
        {not_open, E::withdraw, reference_entry},
        {cannot_record, E::withdraw, reference_entry},
        {reader_trouble, E::withdraw, reference_entry},
        {reference_entry, E::next, withdrawing},
        {reference_entry, E::back, attract},
        {reference_entry, E::time_out, attract},
        {withdrawing, E::withdrawn, withdrawn},
        {withdrawing, E::saved, withdrawal_sent},
        {withdrawing, E::reference_unknown, reference_entry},
        {withdrawing, E::reference_closed, withdrawal_closed},
        {withdrawing, E::save_refused, withdrawal_unconfirmed},
        {withdrawing, E::save_unanswered, withdrawal_unconfirmed},
        {withdrawing, E::time_out, withdrawal_unconfirmed},
        // The next person's card; attract looks whether a session can begin.
        {reference_entry, E::card_inserted, attract},
        {withdrawn, E::card_inserted, attract},
        {withdrawal_sent, E::card_inserted, attract},
        {withdrawal_closed, E::card_inserted, attract},
        {withdrawal_unconfirmed, E::card_inserted, attract},

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
        // An open cabinet comes before all else. Only a request on its way is waited for, and its
        // end holds nobody.
        {Phase::closed, E::door_opened, cabinet_open},
        {Phase::idle, E::door_opened, cabinet_open},
        {Phase::withdrawal, E::door_opened, cabinet_open},
        {Phase::session, E::door_opened, cabinet_open},
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

}  // namespace journey
