#include "kiosk/spooler/calendar.hpp"

#include <charconv>
#include <ctime>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

std::tm local(CalendarTime time) {
    std::time_t const seconds = time.time_since_epoch().count();
    std::tm fields{};
    ::localtime_r(&seconds, &fields);
    return fields;
}

CalendarTime from_local(std::tm fields) {
    fields.tm_isdst = -1;
    return CalendarTime{std::chrono::seconds{std::mktime(&fields)}};
}

std::string formatted(std::tm const& fields, char const* format) {
    char text[40];
    return {text, std::strftime(text, sizeof(text), format, &fields)};
}

base::Result<int> number(std::string_view digits) {
    int value = 0;
    auto const [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc{} || end != digits.data() + digits.size() || value < 0)
        return failure(Errc::malformed, "digits");
    return value;
}

}  // namespace

CalendarTime SystemClock::calendar() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

BootTime SystemClock::since_boot() const {
    std::timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::duration_cast<BootTime>(std::chrono::seconds{time.tv_sec} +
                                                std::chrono::nanoseconds{time.tv_nsec});
}

base::Result<ClosingHour> ClosingHour::parse(std::string_view text) {
    auto const wrong = failure(Errc::malformed, "must be an hour such as \"19:00\"");
    if (text.size() != 5 || text[2] != ':') return wrong;
    auto const hour = number(text.substr(0, 2));
    auto const minute = number(text.substr(3));
    if (!hour || !minute || *hour > 23 || *minute > 59) return wrong;
    return ClosingHour{*hour, *minute};
}

CalendarTime ClosingHour::next_after(CalendarTime now) const {
    auto fields = local(now);
    fields.tm_hour = hour_;
    fields.tm_min = minute_;
    fields.tm_sec = 0;
    auto const today = from_local(fields);
    if (today > now) return today;
    ++fields.tm_mday;
    return from_local(fields);
}

std::string day_of(CalendarTime time) { return formatted(local(time), "%Y-%m-%d"); }

std::string day_before(CalendarTime time, int days) {
    auto fields = local(time);
    fields.tm_mday -= days;
    fields.tm_hour = 12;  // no change of season happens at noon
    return day_of(from_local(fields));
}

base::Result<CalendarTime> start_of(std::string_view day) {
    auto const wrong = failure(Errc::malformed, "not a day");
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return wrong;
    auto const year = number(day.substr(0, 4));
    auto const month = number(day.substr(5, 2));
    auto const in_month = number(day.substr(8));
    if (!year || !month || !in_month) return wrong;
    std::tm fields{};
    fields.tm_year = *year - 1900;
    fields.tm_mon = *month - 1;
    fields.tm_mday = *in_month;
    auto const time = from_local(fields);
    if (day_of(time) != day) return wrong;
    return time;
}

std::string timestamp(CalendarTime time) {
    auto text = formatted(local(time), "%Y-%m-%dT%H:%M:%S%z");
    text.insert(text.end() - 2, ':');  // strftime writes +0100
    return text;
}

}  // namespace spooler
