// Who stands before the screen, as a sensor tells it. A sensor misses a child, a wheelchair, a
// person who steps aside: so it counts only what it saw change since somebody last acted, and a
// touch says more than it does.
#pragma once

#include "kiosk/journey/time.hpp"

#include <chrono>
#include <optional>

namespace journey {

// Without a touch for longer, it may be a bag that the sensor sees.
inline constexpr Time longest_presence{std::chrono::minutes{10}};

class Presence {
  public:
    // Unknown without a sensor.
    void level(std::optional<bool> someone, Time now) {
        if (someone_ == true && someone == false) {
            left_ = gap_ = true;
            left_at_ = now;
        }
        // What became of the sensor meanwhile brings nobody back.
        if (someone == true) left_ = false;
        someone_ = someone;
    }

    // Whoever acts is there, seen or not.
    void act(Time now) {
        left_ = gap_ = false;
        acted_at_ = now;
    }

    std::optional<bool> someone() const { return someone_; }
    // Nobody is there any more since the last act.
    bool left() const { return left_; }
    Time left_at() const { return left_at_; }
    // Until when whoever acted last may stand there without a touch: as long as nobody went away.
    std::optional<Time> stays_until() const {
        if (someone_ != true || gap_) return std::nullopt;
        return acted_at_ + longest_presence;
    }

  private:
    std::optional<bool> someone_;
    bool left_ = false;
    bool gap_ = false;
    Time left_at_{0};
    Time acted_at_{0};
};

}  // namespace journey
