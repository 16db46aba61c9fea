// The one clock of the journey. Tests may hold it, move it and set the calendar; certificates, logs
// and the spooler never look at it.
#pragma once

#include "kiosk/journey/journey.hpp"

#include <chrono>
#include <optional>

namespace kiosk {

class Clock {
  public:
    journey::Time now() const {
        auto const real = frozen_at_.value_or(std::chrono::steady_clock::now());
        return std::chrono::duration_cast<journey::Time>(real - origin_) + moved_;
    }

    void advance(journey::Time by) { moved_ += by; }

    void freeze(bool frozen) {
        if (frozen == frozen_at_.has_value()) return;
        if (frozen) {
            frozen_at_ = std::chrono::steady_clock::now();
        } else {
            origin_ += std::chrono::steady_clock::now() - *frozen_at_;
            frozen_at_.reset();
        }
    }
    bool frozen() const { return frozen_at_.has_value(); }

    // The calendar: what the journey takes for today, and whether it may be believed.
    std::chrono::system_clock::time_point calendar() const {
        auto const real = std::chrono::system_clock::now();
        if (!day_) return real;
        return std::chrono::sys_days{*day_} + (real - std::chrono::floor<std::chrono::days>(real));
    }
    void set_day(std::chrono::year_month_day day) { day_ = day; }

    // Unless a test says otherwise: whether the kernel's clock is kept in time by a source (NTP).
    bool trusted() const;
    void set_trusted(bool trusted) { trusted_ = trusted; }

  private:
    std::chrono::steady_clock::time_point origin_ = std::chrono::steady_clock::now();
    std::optional<std::chrono::steady_clock::time_point> frozen_at_;
    journey::Time moved_{0};
    std::optional<std::chrono::year_month_day> day_;
    std::optional<bool> trusted_;
};

// The day on the wall beside the kiosk.
std::chrono::year_month_day local_day(std::chrono::system_clock::time_point time);

}  // namespace kiosk
