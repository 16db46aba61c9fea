#include "kiosk/ui/written.hpp"

#include "kiosk/journey/state.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace ui {
namespace {

constexpr std::string_view no_break_space = "\u00A0";

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (char const c : digits)
        value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

}  // namespace

std::string date_in_words(std::string_view card_date, Texts const& texts) {
    if (card_date.size() != 8 || !all_digits(card_date)) return std::string{card_date};
    auto const year = card_date.substr(0, 4);
    auto const month = card_date.substr(4, 2);
    auto const day = card_date.substr(6, 2);
    using namespace std::chrono;
    year_month_day const date{std::chrono::year{static_cast<int>(number(year))},
                              std::chrono::month{number(month)}, std::chrono::day{number(day)}};
    if (!date.ok()) return std::string{year} + "-" + std::string{month} + "-" + std::string{day};
    auto const month_name = texts["date.month_" + std::to_string(number(month))];
    auto const day_name = std::to_string(number(day));
    return fill(texts[number(day) == 1 ? "date.first" : "date.other"],
                {{"day", day_name}, {"month", month_name}, {"year", year}});
}

std::string number_in_groups(std::string_view nir, bool masked) {
    constexpr std::array<std::size_t, 7> groups{1, 2, 2, 2, 3, 3, 2};
    std::string result;
    std::size_t position = 0;
    for (auto const group : groups) {
        if (!result.empty()) result += no_break_space;
        for (std::size_t i = 0; i < group && position < nir.size(); ++i, ++position) {
            if (masked && position >= 5)
                result += "•";
            else
                result += nir[position];
        }
    }
    return result;
}

std::string in_pairs(std::string_view digits) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 2 == 0) result += no_break_space;
        result += digits[i];
    }
    return result;
}

std::string reference_in_groups(std::string_view reference) {
    if (reference.size() <= 5) return std::string{reference};
    return std::string{reference.substr(0, 5)} + std::string{no_break_space} +
           std::string{reference.substr(5)};
}

std::string whole_numbers(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const before_digit = i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
        if (text[i] == ' ' && before_digit)
            result += no_break_space;
        else
            result += text[i];
    }
    return result;
}

std::string without_vowel_marks(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        auto const next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        // U+064B to U+0652 are D9 8B to D9 92 in UTF-8, U+0670 is D9 B0.
        if (byte == 0xD9 && ((next >= 0x8B && next <= 0x92) || next == 0xB0))
            ++i;
        else
            result += text[i];
    }
    return result;
}

std::string left_to_right(std::string_view text) {
    constexpr std::string_view mark = "\u200E";
    return std::string{mark} + std::string{text} + std::string{mark};
}

std::vector<std::string_view> sentences(std::string_view text) {
    constexpr std::array<std::string_view, 4> ends{".", "?", "!", "؟"};
    constexpr std::string_view gaps = " \n";  // easy French begins a line with each
    std::vector<std::string_view> result;
    std::size_t begin = 0;
    for (auto gap = text.find_first_of(gaps); gap != std::string_view::npos;
         gap = text.find_first_of(gaps, gap + 1)) {
        auto const before = text.substr(begin, gap - begin);
        auto const* const end = std::ranges::find_if(
            ends, [&](std::string_view each) { return before.ends_with(each); });
        if (end == ends.end()) continue;
        auto const mark = gap - end->size();
        auto const next = gap + 1;
        bool const number = next < text.size() && text[next] >= '0' && text[next] <= '9';
        bool const initial = mark >= 2 && text[mark - 2] == ' ';
        if (number || initial) continue;
        result.push_back(before);
        begin = next;
    }
    result.push_back(text.substr(begin));
    return result;
}

std::string breakable(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 3);  // growing would leave a copy behind
    result = text;
    auto const at = result.find('@');
    if (at != std::string::npos && at > 0 && result.find(' ') == std::string::npos)
        result.insert(at, "\u200B");
    return result;
}

std::string step_of(int step, Texts const& texts) {
    return fill(texts["frame.step"],
                {{"step", std::to_string(step)}, {"count", std::to_string(journey::step_count)}});
}

}  // namespace ui
