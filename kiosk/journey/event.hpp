// What may happen in the journey. Events are edges; the app judges and names the kind, so that the
// table needs no conditions.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace journey {

enum class Event : std::uint8_t {
    // The card and what it says
    card_inserted,
    card_removed,
    card_failed,  // mute, unreadable, not a carte Vitale: Session::trouble says which
    several_persons,
    chose_insured_adult,
    chose_other_adult,
    chose_minor,
    century_asked,    // a birth date of six digits
    must_go_to_desk,  // Session::trouble says why
    card_confirmed,   // the same card, read again
    card_differs,
    // What was picked or sent, judged by the app
    representative_picked,
    relationship_picked,
    author_picked,
    identity_asked,  // the site wants an identity document seen before anything is sent
    // Levels that changed
    reader_lost,
    reader_ready,
    day_opened,
    day_closed,
    store_ready,
    store_lost,
    door_opened,  // of the cabinet
    door_closed,
    // The person's acts
    learn,
    withdraw,
    next,
    back,
    more,
    accept,
    refuse,
    think_over,
    confirm_person,  // "I am this person"
    not_me,
    under_guardianship,  // somebody else decides for this adult
    type_representative,
    no_representative,
    declare_authority,
    no_authority,
    child_agrees,
    child_too_young,
    child_refuses,
    name_is_birth_name,
    name_differs,
    give_mobile,
    give_email,
    change_name,
    change_person,
    change_century,
    change_representative,
    change_emergency,
    change_contact,
    send,
    cancel,
    start_again,
    done,
    // The PIN of who saw the document
    identity_confirmed,
    identity_refused,
    // The spooler's answers
    saved,
    save_refused,     // certainly not recorded
    save_unanswered,  // nobody knows yet
    withdrawn,        // the request had not left
    reference_unknown,
    reference_closed,  // too many were wrong
    // Time
    time_out,
};
inline constexpr std::size_t event_count = static_cast<std::size_t>(Event::time_out) + 1;

inline constexpr std::array<std::string_view, event_count> event_names{
    "card_inserted",
    "card_removed",
    "card_failed",
    "several_persons",
    "chose_insured_adult",
    "chose_other_adult",
    "chose_minor",
    "century_asked",
    "must_go_to_desk",
    "card_confirmed",
    "card_differs",
    "representative_picked",
    "relationship_picked",
    "author_picked",
    "identity_asked",
    "reader_lost",
    "reader_ready",
    "day_opened",
    "day_closed",
    "store_ready",
    "store_lost",
    "door_opened",
    "door_closed",
    "learn",
    "withdraw",
    "next",
    "back",
    "more",
    "accept",
    "refuse",
    "think_over",
    "confirm_person",
    "not_me",
    "under_guardianship",
    "type_representative",
    "no_representative",
    "declare_authority",
    "no_authority",
    "child_agrees",
    "child_too_young",
    "child_refuses",
    "name_is_birth_name",
    "name_differs",
    "give_mobile",
    "give_email",
    "change_name",
    "change_person",
    "change_century",
    "change_representative",
    "change_emergency",
    "change_contact",
    "send",
    "cancel",
    "start_again",
    "done",
    "identity_confirmed",
    "identity_refused",
    "saved",
    "save_refused",
    "save_unanswered",
    "withdrawn",
    "reference_unknown",
    "reference_closed",
    "time_out",
};

constexpr std::string_view name(Event event) {
    return event_names[static_cast<std::size_t>(event)];
}

// Whether a screen may ask for it: all others are facts, or the app's own judgement.
constexpr bool is_act(Event event) { return event >= Event::learn && event <= Event::done; }

}  // namespace journey
