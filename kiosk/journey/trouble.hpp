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

enum class Trouble : std::uint8_t {
    // C: the card and the reader
    card_unreadable,
    card_mute,
    card_vitale_1,
    card_professional,
    card_unknown,
    reader_resting,
    reader_missing,
    // D: this is done at the desk
    number_missing,
    number_refused,
    number_wrong_key,
    lists_differ,
    number_class,  // 5, 6 and 555555: no creation from this number
    minor,         // not yet possible here
    other_person,  // not yet possible here
    birth_date_short,
    clock_untrusted,
    another_card,  // the card read again was another
    test_number,   // a demonstration card in production
    card_damaged,  // the data do not follow the standard
    // S: recording
    store_unreachable,
    store_full,
    not_saved,
    not_confirmed,
    not_open,
};
inline constexpr std::size_t trouble_count = static_cast<std::size_t>(Trouble::not_open) + 1;

struct TroubleRow {
    Trouble trouble;
    std::string_view code;  // what a patient can read out and staff can look up
    Helper helper;
    std::string_view text;  // ids ".title", ".what" happened and what to ".do"
};

inline constexpr std::array<TroubleRow, trouble_count> troubles{{
    {Trouble::card_unreadable, "C01", Helper::patient, "trouble.card_unreadable"},
    {Trouble::card_mute, "C02", Helper::patient, "trouble.card_mute"},
    {Trouble::card_vitale_1, "C03", Helper::desk, "trouble.card_vitale_1"},
    {Trouble::card_professional, "C04", Helper::patient, "trouble.card_professional"},
    {Trouble::card_unknown, "C05", Helper::patient, "trouble.card_unknown"},
    {Trouble::reader_resting, "C10", Helper::staff, "trouble.reader_resting"},
    {Trouble::reader_missing, "C11", Helper::technician, "trouble.reader_missing"},
    {Trouble::number_missing, "D01", Helper::desk, "trouble.number_missing"},
    {Trouble::number_refused, "D02", Helper::desk, "trouble.number_refused"},
    {Trouble::number_wrong_key, "D03", Helper::desk, "trouble.number_wrong_key"},
    {Trouble::lists_differ, "D04", Helper::desk, "trouble.lists_differ"},
    {Trouble::number_class, "D05", Helper::desk, "trouble.number_class"},
    {Trouble::minor, "D06", Helper::desk, "trouble.minor"},
    {Trouble::other_person, "D07", Helper::desk, "trouble.other_person"},
    {Trouble::birth_date_short, "D08", Helper::desk, "trouble.birth_date_short"},
    {Trouble::clock_untrusted, "D09", Helper::desk, "trouble.clock_untrusted"},
    {Trouble::another_card, "D10", Helper::patient, "trouble.another_card"},
    {Trouble::test_number, "D11", Helper::desk, "trouble.test_number"},
    {Trouble::card_damaged, "D12", Helper::desk, "trouble.card_damaged"},
    {Trouble::store_unreachable, "S01", Helper::staff, "trouble.store_unreachable"},
    {Trouble::store_full, "S02", Helper::staff, "trouble.store_full"},
    {Trouble::not_saved, "S03", Helper::desk, "trouble.not_saved"},
    {Trouble::not_confirmed, "S04", Helper::desk, "trouble.not_confirmed"},
    {Trouble::not_open, "S05", Helper::staff, "trouble.not_open"},
}};

constexpr TroubleRow const& row(Trouble trouble) {
    return troubles[static_cast<std::size_t>(trouble)];
}

// What a patient is told when reading the card ended with this error.
Trouble trouble_of(base::Errc code);

}  // namespace journey
