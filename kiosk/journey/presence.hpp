// Who stands before the screen, as a sensor tells it. A sensor misses a child, a wheelchair, a
// person who steps aside: so it counts only what it saw change since somebody last acted, and a
// touch says more than it does.
#pragma once

#include "kiosk/journey/time.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace journey {

// Without a touch for longer, it may be a bag that the sensor sees.
inline constexpr Time longest_presence{std::chrono::minutes{10}};

class Presence {
  public:
    enum class Change : std::uint8_t {
        none,
        left,      // nobody is there any more
        returned,  // somebody is, for the first time since the last act
        lost,      // nobody knows any more whether who was there still is
    };

    // Unknown without a sensor.
    Change level(std::optional<bool> someone, Time now) {
        bool const was_there = someone_ == true;
        someone_ = someone;
        if (was_there && someone == false) {
            gap_ = left_ = true;
            // Passers-by keep nobody's screen open for longer than standing there would.
            left_at_ = std::min(now, acted_at_ + longest_presence);
            return Change::left;
        }
        // What became of the sensor after that brings nobody back.
        if (left_ && someone == true) {
            left_ = false;
            return std::exchange(returned_, true) ? Change::none : Change::returned;
        }
        if (!was_there || someone == true) return Change::none;
        return std::exchange(gap_, true) ? Change::none : Change::lost;
    }

    // Whoever acts is there, seen or not.
    void act(Time now) {
        left_ = gap_ = returned_ = false;
        left_at_.reset();
        acted_at_ = now;
    }

    // Nobody is there any more since the last act.
    bool left() const { return left_; }
    // When somebody last left since then.
    std::optional<Time> left_at() const { return left_at_; }
    // Until when whoever acted last may stand there without a touch: as long as nobody went away.
    std::optional<Time> stays_until() const {
        if (someone_ != true || gap_) return std::nullopt;
        return acted_at_ + longest_presence;
    }

  private:
    std::optional<bool> someone_;
    bool left_ = false;
    bool gap_ = false;
    bool returned_ = false;
    std::optional<Time> left_at_;
    Time acted_at_{0};
};

}  // namespace journey
