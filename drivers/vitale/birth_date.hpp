// The birth date of a card is a text, kept as it is: YYYYMMDD, whose month and day may be out of
// the calendar (people born where the day was not recorded), or YYMMDD on some cards.
#pragma once

#include <optional>
#include <string_view>

namespace vitale {

// Eight or six digits: the forms a card may hold.
bool is_birth_date(std::string_view raw);

// Completed years of age on the given day. Reckoned from 1 January when month and day are no day of
// the calendar. Nothing for a six-digit date (no century), a date to come, or no date.
std::optional<int> age_years(std::string_view raw, int year, int month, int day);

}  // namespace vitale
