// The one place the spooler takes time from. Tests replace it.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace spooler {

using CalendarTime = std::chrono::sys_seconds;
// Since boot, suspension included (CLOCK_BOOTTIME): waits must not move when the calendar is set.
using BootTime = std::chrono::milliseconds;

class Clock {
  public:
    virtual ~Clock() = default;
    virtual CalendarTime calendar() const = 0;
    virtual BootTime since_boot() const = 0;
};

class SystemClock : public Clock {
  public:
    CalendarTime calendar() const override;
    BootTime since_boot() const override;
};

// An hour of the day on the wall of the site: local time, whatever the season.
class ClosingHour {
  public:
    // "19:00", from "00:00" to "23:59".
    static base::Result<ClosingHour> parse(std::string_view text);

    // The first moment strictly after `now` at which the clock on the wall shows this hour.
    CalendarTime next_after(CalendarTime now) const;

  private:
    ClosingHour(int hour, int minute) : hour_(hour), minute_(minute) {}
    int hour_;
    int minute_;
};

// "2026-11-21", local.
std::string day_of(CalendarTime time);
// The day so many days before.
std::string day_before(CalendarTime time, int days);
// The first moment of such a day; Errc::malformed when it is none.
base::Result<CalendarTime> start_of(std::string_view day);
// "2026-11-21T19:00:00+01:00" (RFC 3339), local.
std::string timestamp(CalendarTime time);

}  // namespace spooler
