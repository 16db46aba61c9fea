// The patient's journey as data: every state, what it belongs to, and how long it may last.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace journey {

enum class State : std::uint8_t {
    // Closed: nobody can enrol now, and the screen says why.
    starting,       // not yet known whether the reader, the store and the day are ready
    not_open,       // no author opened the day
    cannot_record,  // the spooler is away or refuses new requests
    reader_trouble,
    cabinet_open,  // somebody is at work inside
    // Idle: waiting for a card.
    attract,
    learn,  // pages about the DMP, without a card
    // Withdrawal: somebody comes back with the reference of a request.
    reference_entry,
    // Session: a card is in and a person decides. The card out ends it.
    reading,
    choose_person,
    birth_century,   // the card has six digits of the birth date: 1912 or 2012?
    other_adult,     // not the insured person: "I am ..."
    representative,  // who acts for the child: an adult on the card, or another person
    representative_family_name,
    representative_first_name,
    relationship,
    authority,    // "I hold parental authority"
    childs_word,  // told, and agrees if old enough
    explain,
    explain_more,
    consent,
    consent_details,
    birth_name,  // is the name on the card the birth name?
    birth_name_entry,
    emergency,
    contact,  // mobile, e-mail, or none
    mobile_entry,
    mobile_check,
    email_entry,
    email_check,
    checking_card,  // the same card is read again
    review,
    identity_author,    // who of the staff looks at the identity document
    identity_pin,       // and confirms it
    identity_checking,  // the PIN is being compared
    // Saving: the request is on its way to the outbox and can no longer be stopped.
    recording,
    confirming,   // no answer: the spooler is asked by the request's id
    withdrawing,  // the spooler looks up the reference; what left is followed by a withdrawal
    // Farewell: the session is wiped; the screen stays for the person who reads it.
    recorded,
    refused,
    thinking,  // "I want to think it over"
    cancelled,
    desk,          // this is done at the desk
    card_trouble,  // mute, unreadable, or not a carte Vitale
    card_taken,    // pulled out before the end
    timed_out,
    not_recorded,
    unconfirmed,      // nobody can say whether it was recorded
    withdrawn,        // the request never left: its body is erased
    withdrawal_sent,  // it left, or may have: a withdrawal goes after it
    withdrawal_closed,
    withdrawal_unconfirmed,
    take_card,
};
inline constexpr std::size_t state_count = static_cast<std::size_t>(State::take_card) + 1;

// A withdrawal needs neither card nor reader nor an open day.
enum class Phase : std::uint8_t { closed, idle, withdrawal, session, saving, farewell };

// When the time of a state runs.
enum class Runs : std::uint8_t {
    always,
    card_out,  // a card left in the reader is somebody's: the screen waits for its owner
    acted,     // only once somebody touched the screen: until then there is nothing to forget
};

// A sensor saw the person leave: after `quiet` whoever it does not see is asked (if the limit is
// `warned`), after `grace` more the event time_out happens.
struct Absence {
    std::chrono::seconds quiet;
    std::chrono::seconds grace;
};

// After `patience` the person is asked whether more time is needed (if `warned`), after `grace`
// more the event time_out happens. Extending starts anew and may be repeated without end.
struct Limit {
    std::chrono::seconds patience;
    std::chrono::seconds grace;
    bool warned;
    Runs runs = Runs::always;
    std::optional<Absence> absence = std::nullopt;  // none: the time is the machine's own
};

struct StateRow {
    State state;
    std::string_view name;
    Phase phase;
    std::optional<Limit> limit;
    int step = 0;  // of the six that the screen counts; 0: not counted
};

inline constexpr int step_count = 6;

namespace limits {

using std::chrono::seconds;
// Proposals of the accessibility checklist (M-01, M-03): 60 s where data are shown, 120 s where a
// text must be understood, 30 s to answer the warning. What a sensor sees is no answer: it may miss
// a child or a wheelchair, so nobody's session ends without 20 s to say that they are there.
inline constexpr Absence deserted{seconds{0}, seconds{20}};
inline constexpr Limit data{seconds{60}, seconds{30}, true, Runs::always, deserted};
inline constexpr Limit text{seconds{120}, seconds{30}, true, Runs::always, deserted};
// Somebody of the staff must come and look at a document; the person may walk to the desk for them.
inline constexpr Limit staff{seconds{180}, seconds{30}, true, Runs::always,
                             Absence{seconds{0}, seconds{180}}};
// A language chosen before any card is somebody's who has left.
inline constexpr Limit idle{seconds{60}, seconds{0}, false, Runs::acted,
                            Absence{seconds{0}, seconds{0}}};
// Whoever steps back to take a picture of it is not gone.
inline constexpr Limit receipt{seconds{60}, seconds{30}, true, Runs::card_out,
                               Absence{seconds{10}, seconds{20}}};
inline constexpr Absence gone{seconds{3}, seconds{0}};
inline constexpr Limit farewell{seconds{60}, seconds{0}, false, Runs::card_out, gone};
inline constexpr Limit notice{seconds{20}, seconds{0}, false, Runs::always, gone};
// A slow card with retries takes some seconds; a hung reader is declared lost after 5.
inline constexpr Limit card{seconds{20}, seconds{0}, false};
inline constexpr Limit answer{seconds{5}, seconds{0}, false};

}  // namespace limits

inline constexpr std::array<StateRow, state_count> states{{
    {State::starting, "starting", Phase::closed, std::nullopt},
    {State::not_open, "not_open", Phase::closed, limits::idle},
    {State::cannot_record, "cannot_record", Phase::closed, limits::idle},
    {State::reader_trouble, "reader_trouble", Phase::closed, limits::idle},
    {State::cabinet_open, "cabinet_open", Phase::closed, limits::idle},
    {State::attract, "attract", Phase::idle, limits::idle},
    {State::learn, "learn", Phase::idle, limits::text},
    {State::reference_entry, "reference_entry", Phase::withdrawal, limits::data},
    {State::reading, "reading", Phase::session, limits::card},
    {State::choose_person, "choose_person", Phase::session, limits::data, 1},
    {State::birth_century, "birth_century", Phase::session, limits::data, 1},
    {State::other_adult, "other_adult", Phase::session, limits::data, 1},
    {State::representative, "representative", Phase::session, limits::data, 1},
    {State::representative_family_name, "representative_family_name", Phase::session, limits::data,
     1},
    {State::representative_first_name, "representative_first_name", Phase::session, limits::data,
     1},
    {State::relationship, "relationship", Phase::session, limits::data, 1},
    {State::authority, "authority", Phase::session, limits::text, 1},
    {State::childs_word, "childs_word", Phase::session, limits::text, 1},
    {State::explain, "explain", Phase::session, limits::text, 1},
    {State::explain_more, "explain_more", Phase::session, limits::text, 1},
    {State::consent, "consent", Phase::session, limits::text, 2},
    {State::consent_details, "consent_details", Phase::session, limits::text, 2},
    {State::birth_name, "birth_name", Phase::session, limits::data, 3},
    {State::birth_name_entry, "birth_name_entry", Phase::session, limits::data, 3},
    {State::emergency, "emergency", Phase::session, limits::text, 4},
    {State::contact, "contact", Phase::session, limits::data, 5},
    {State::mobile_entry, "mobile_entry", Phase::session, limits::data, 5},
    {State::mobile_check, "mobile_check", Phase::session, limits::data, 5},
    {State::email_entry, "email_entry", Phase::session, limits::data, 5},
    {State::email_check, "email_check", Phase::session, limits::data, 5},
    {State::checking_card, "checking_card", Phase::session, limits::card, 6},
    {State::review, "review", Phase::session, limits::data, 6},
    {State::identity_author, "identity_author", Phase::session, limits::staff, 6},
    {State::identity_pin, "identity_pin", Phase::session, limits::staff, 6},
    {State::identity_checking, "identity_checking", Phase::session, limits::answer, 6},
    {State::recording, "recording", Phase::saving, limits::answer},
    {State::confirming, "confirming", Phase::saving, limits::answer},
    {State::withdrawing, "withdrawing", Phase::saving, limits::answer},
    {State::recorded, "recorded", Phase::farewell, limits::receipt},
    {State::refused, "refused", Phase::farewell, limits::farewell},
    {State::thinking, "thinking", Phase::farewell, limits::farewell},
    {State::cancelled, "cancelled", Phase::farewell, limits::farewell},
    {State::desk, "desk", Phase::farewell, limits::farewell},
    {State::card_trouble, "card_trouble", Phase::farewell, limits::farewell},
    {State::card_taken, "card_taken", Phase::farewell, limits::notice},
    {State::timed_out, "timed_out", Phase::farewell, limits::farewell},
    {State::not_recorded, "not_recorded", Phase::farewell, limits::farewell},
    {State::unconfirmed, "unconfirmed", Phase::farewell, limits::farewell},
    {State::withdrawn, "withdrawn", Phase::farewell, limits::farewell},
    {State::withdrawal_sent, "withdrawal_sent", Phase::farewell, limits::farewell},
    {State::withdrawal_closed, "withdrawal_closed", Phase::farewell, limits::farewell},
    {State::withdrawal_unconfirmed, "withdrawal_unconfirmed", Phase::farewell, limits::farewell},
    {State::take_card, "take_card", Phase::farewell, limits::farewell},
}};

constexpr StateRow const& row(State state) { return states[static_cast<std::size_t>(state)]; }
constexpr std::string_view name(State state) { return row(state).name; }
constexpr Phase phase(State state) { return row(state).phase; }

}  // namespace journey
