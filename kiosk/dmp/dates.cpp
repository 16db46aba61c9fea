#include "kiosk/dmp/dates.hpp"

#include <ctime>

namespace dmp {
namespace {

constexpr auto iso_form = "%Y-%m-%dT%H:%M:%SZ";

std::string in_utc(Time time, char const* form) {
    auto const seconds =
        std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
    std::tm calendar{};
    ::gmtime_r(&seconds, &calendar);
    char text[32];
    return {text, std::strftime(text, sizeof(text), form, &calendar)};
}

}  // namespace

std::string hl7_time(Time time) { return in_utc(time, "%Y%m%d%H%M%S"); }

std::string hl7_date(std::chrono::year_month_day date) {
    return in_utc(std::chrono::sys_days{date}, "%Y%m%d");
}

std::string iso_time(Time time) { return in_utc(time, iso_form); }

std::optional<Time> from_iso_time(std::string_view text) {
    std::string const whole{text};
    std::tm calendar{};
    if (::strptime(whole.c_str(), iso_form, &calendar) == nullptr) return std::nullopt;
    auto const time = std::chrono::system_clock::from_time_t(::timegm(&calendar));
    // strptime is lenient about missing zeros, blanks and what follows.
    if (iso_time(time) != whole) return std::nullopt;
    return time;
}

std::chrono::year_month_day local_date(Time time) {
    auto const seconds = std::chrono::system_clock::to_time_t(time);
    std::tm calendar{};
    ::localtime_r(&seconds, &calendar);
    return {std::chrono::year{calendar.tm_year + 1900},
            std::chrono::month{static_cast<unsigned>(calendar.tm_mon + 1)},
            std::chrono::day{static_cast<unsigned>(calendar.tm_mday)}};
}

}  // namespace dmp
