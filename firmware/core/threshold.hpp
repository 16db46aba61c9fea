// A measured value made a level: on above one bound, off below another, each only after it stayed
// so for a while. Presence, heat and low supply are this with other numbers.
#pragma once

#include "firmware/core/time.hpp"

namespace supervisor {

struct ThresholdLimits {
    int16_t on;   // at this or above
    int16_t off;  // at this or below; less than `on`, so that a value between them changes nothing
    Span on_after;
    Span off_after;
};

class Threshold {
  public:
    constexpr explicit Threshold(ThresholdLimits limits) : limits_(limits) {}

    // At each turn; true when the level changed.
    bool take(int16_t value, Time now) {
        bool const leaving = level_ ? value <= limits_.off : value >= limits_.on;
        if (!leaving) {
            leaving_ = false;
            return false;
        }
        if (!leaving_) {
            leaving_ = true;
            since_ = now;
        }
        if (!has_passed(level_ ? limits_.off_after : limits_.on_after, since_, now)) return false;
        leaving_ = false;
        level_ = !level_;
        return true;
    }

    bool level() const { return level_; }

  private:
    ThresholdLimits limits_;
    Time since_ = 0;
    bool level_ = false;
    bool leaving_ = false;
};

}  // namespace supervisor
