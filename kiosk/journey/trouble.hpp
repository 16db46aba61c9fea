// Every failure has a sentence, a code and a helper: one table.
#pragma once

#include "drivers/base/error.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace journey {

enum class Helper : std::uint8_t {
    patient,     // can mend it alone, now
    desk,        // a person at the counter
    staff,       // who opens and restarts the kiosk
    technician,  // who is called
};

// What ends a trouble: the event that leads its screen on. A test follows each through the table of
// transitions.
enum class Ends : std::uint8_t {
    card_removed,  // and put in again
    next_card,     // or "done", or a minute without the card
    reader_ready,
    store_ready,
    day_opened,
    door_closed,
};

enum class Trouble : std::uint8_t {
    // B: the cabinet and its board
    cabinet_open,
    // C: the card and the reader
    card_unreadable,
    card_mute,
    card_vitale_1,
    card_professional,
    card_unknown,
    card_removed,
    reader_resting,
    reader_missing,
    reader_hung,
    // D: this is done at the desk
    number_missing,
    number_refused,
    number_wrong_key,
    lists_differ,
    number_class,  // 5, 6 and 555555: no creation from this number
    no_representative,
    other_person,
    birth_date_unusable,
    clock_untrusted,
    another_card,  // the card read again was another
    test_number,   // a demonstration card in production
    card_damaged,  // the data do not follow the standard
    guardianship,
    no_authority,
    // S: recording
    store_unreachable,
    store_full,
    not_saved,
    not_confirmed,
    not_open,
    certificate_missing,
    withdrawal_closed,  // too many wrong references
    withdrawal_unconfirmed,
};
inline constexpr std::size_t trouble_count =
    static_cast<std::size_t>(Trouble::withdrawal_unconfirmed) + 1;

struct TroubleRow {
    Trouble trouble;
    std::string_view code;  // what a patient can read out and staff can look up
    Helper helper;
    Ends ends;
    std::string_view text;  // ids ".title", ".what" happened and what to ".do"
};

inline constexpr std::array<TroubleRow, trouble_count> troubles = [] {
    using enum Helper;
    using T = Trouble;
    return std::array<TroubleRow, trouble_count>{{
        {T::cabinet_open, "B01", staff, Ends::door_closed, "trouble.cabinet_open"},
        {T::card_unreadable, "C01", patient, Ends::card_removed, "trouble.card_unreadable"},
        {T::card_mute, "C02", patient, Ends::card_removed, "trouble.card_mute"},
        {T::card_vitale_1, "C03", Helper::desk, Ends::card_removed, "trouble.card_vitale_1"},
        {T::card_professional, "C04", patient, Ends::card_removed, "trouble.card_professional"},
        {T::card_unknown, "C05", patient, Ends::card_removed, "trouble.card_unknown"},
        {T::card_removed, "C06", patient, Ends::next_card, "trouble.card_removed"},
        {T::reader_resting, "C10", staff, Ends::reader_ready, "trouble.reader_resting"},
        {T::reader_missing, "C11", technician, Ends::reader_ready, "trouble.reader_missing"},
        {T::reader_hung, "C12", staff, Ends::reader_ready, "trouble.reader_hung"},
        {T::number_missing, "D01", Helper::desk, Ends::next_card, "trouble.number_missing"},
        {T::number_refused, "D02", Helper::desk, Ends::next_card, "trouble.number_refused"},
        {T::number_wrong_key, "D03", Helper::desk, Ends::next_card, "trouble.number_wrong_key"},
        {T::lists_differ, "D04", Helper::desk, Ends::next_card, "trouble.lists_differ"},
        {T::number_class, "D05", Helper::desk, Ends::next_card, "trouble.number_class"},
        {T::no_representative, "D06", Helper::desk, Ends::next_card, "trouble.no_representative"},
        {T::other_person, "D07", Helper::desk, Ends::next_card, "trouble.other_person"},
        {T::birth_date_unusable, "D08", Helper::desk, Ends::next_card,
         "trouble.birth_date_unusable"},
        {T::clock_untrusted, "D09", Helper::desk, Ends::next_card, "trouble.clock_untrusted"},
        {T::another_card, "D10", patient, Ends::next_card, "trouble.another_card"},
        {T::test_number, "D11", Helper::desk, Ends::next_card, "trouble.test_number"},
        {T::card_damaged, "D12", Helper::desk, Ends::next_card, "trouble.card_damaged"},
        {T::guardianship, "D13", Helper::desk, Ends::next_card, "trouble.guardianship"},
        {T::no_authority, "D14", Helper::desk, Ends::next_card, "trouble.no_authority"},
        {T::store_unreachable, "S01", staff, Ends::store_ready, "trouble.store_unreachable"},
        {T::store_full, "S02", staff, Ends::store_ready, "trouble.store_full"},
        {T::not_saved, "S03", Helper::desk, Ends::next_card, "trouble.not_saved"},
        {T::not_confirmed, "S04", Helper::desk, Ends::next_card, "trouble.not_confirmed"},
        {T::not_open, "S05", staff, Ends::day_opened, "trouble.not_open"},
        {T::certificate_missing, "S06", staff, Ends::store_ready, "trouble.certificate_missing"},
        {T::withdrawal_closed, "S07", Helper::desk, Ends::next_card, "trouble.withdrawal_closed"},
        {T::withdrawal_unconfirmed, "S08", Helper::desk, Ends::next_card,
         "trouble.withdrawal_unconfirmed"},
    }};
}();

constexpr TroubleRow const& row(Trouble trouble) {
    return troubles[static_cast<std::size_t>(trouble)];
}

// What a patient is told when reading the card ended with this error.
Trouble trouble_of(base::Errc code);

}  // namespace journey
