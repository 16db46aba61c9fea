// The calendar day that the birth dates of a profile may be relative to.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

using Day = std::chrono::year_month_day;

Day local_day();

// "2019-06-17"; nothing for anything else.
std::optional<Day> parse_day(std::string_view text);

// The birth date for the card. Eight or six digits stay as they are; anything else is a distance
// from today in years, then days: "-18y" has the birthday today, "-18y+1d" tomorrow, "+30d" is yet
// to be born. Nothing when the text is neither.
std::optional<std::string> birth_date(std::string_view text, Day today);

}  // namespace simulator
