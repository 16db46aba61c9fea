#include "drivers/vitale/birth_date.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <tuple>

namespace vitale {
namespace {

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

}  // namespace

bool is_birth_date(std::string_view raw) {
    return (raw.size() == 8 || raw.size() == 6) &&
           std::ranges::all_of(raw, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> age_years(std::string_view raw, int year, int month, int day) {
    if (!is_birth_date(raw) || raw.size() != 8) return std::nullopt;
    auto const birth_year = number(raw.substr(0, 4));
    auto birth_month = number(raw.substr(4, 2));
    auto birth_day = number(raw.substr(6, 2));
    if (birth_year == 0) return std::nullopt;
    std::chrono::year_month_day const birth{std::chrono::year{birth_year},
                                            std::chrono::month{static_cast<unsigned>(birth_month)},
                                            std::chrono::day{static_cast<unsigned>(birth_day)}};
    if (!birth.ok()) birth_month = birth_day = 1;
    auto const had_birthday = std::tie(month, day) >= std::tie(birth_month, birth_day);
    auto const age = year - birth_year - (had_birthday ? 0 : 1);
    if (age < 0) return std::nullopt;
    return age;
}

}  // namespace vitale
