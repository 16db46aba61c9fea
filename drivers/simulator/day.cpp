#include "drivers/simulator/day.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace simulator {
namespace {

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> whole_number(std::string_view digits) {
    int value = 0;
    if (digits.empty() || digits.size() > 5 || !all_digits(digits)) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// Takes "-18y" from the front when it is there; 0 when the unit does not occur. Nothing when what
// stands before the unit is no number with a sign.
std::optional<int> take(std::string_view& text, char unit) {
    auto const end = text.find(unit);
    if (end == std::string_view::npos) return 0;
    bool const negative = text.front() == '-';
    if (!negative && text.front() != '+') return std::nullopt;
    auto const number = whole_number(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    if (!number) return std::nullopt;
    return negative ? -*number : *number;
}

// 29 February becomes the 28th where the year has none.
Day years_later(Day day, int years) {
    auto const moved = day + std::chrono::years{years};
    return moved.ok() ? moved : Day{moved.year() / moved.month() / std::chrono::last};
}

}  // namespace

Day local_day() {
    auto const now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return Day{std::chrono::year{local.tm_year + 1900},
               std::chrono::month{static_cast<unsigned>(local.tm_mon) + 1},
               std::chrono::day{static_cast<unsigned>(local.tm_mday)}};
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto const year = whole_number(text.substr(0, 4));
    auto const month = whole_number(text.substr(5, 2));
    auto const day = whole_number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    Day const read{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                   std::chrono::day{static_cast<unsigned>(*day)}};
    if (!read.ok()) return std::nullopt;
    return read;
}

std::optional<std::string> birth_date(std::string_view text, Day today) {
    if ((text.size() == 8 || text.size() == 6) && all_digits(text)) return std::string{text};
    if (text.empty()) return std::nullopt;
    auto const years = take(text, 'y');
    if (!years) return std::nullopt;
    auto const days = text.empty() ? std::optional{0} : take(text, 'd');
    if (!days || !text.empty()) return std::nullopt;
    Day const born{std::chrono::sys_days{years_later(today, *years)} + std::chrono::days{*days}};
    auto const year = static_cast<int>(born.year());
    if (year < 1 || year > 9999) return std::nullopt;
    char digits[16];
    std::snprintf(digits, sizeof(digits), "%04d%02u%02u", year, static_cast<unsigned>(born.month()),
                  static_cast<unsigned>(born.day()));
    return std::string{digits};
}

}  // namespace simulator
