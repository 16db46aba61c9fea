// How bright the screen is: a kiosk that nobody looks at need not light the hall all night.
#pragma once

#include "kiosk/journey/state.hpp"
#include "kiosk/journey/time.hpp"

#include <optional>

namespace journey {

class Backlight {
  public:
    static constexpr int full = 100;
    static constexpr int dimmed = 30;  // percent: still seen from the other end of the hall
    static constexpr Time awake{std::chrono::minutes{5}};

    explicit Backlight(Time now) : woken_at_(now) {}

    // A touch, a card, another state.
    void wake(Time now) { woken_at_ = now; }

    // Of each change: the time in which nobody is there begins with it. Unknown without a sensor,
    // and then the screen is never dimmed: whoever approaches would find it dark.
    void presence(std::optional<bool> someone, Time now) {
        if (someone != someone_) wake(now);
        someone_ = someone;
    }

    int percent(State state, Time now) const {
        return may_dim(state) && now >= woken_at_ + awake ? dimmed : full;
    }

    // When percent() changes by itself.
    std::optional<Time> deadline(State state, Time now) const {
        auto const due = woken_at_ + awake;
        return may_dim(state) && now < due ? std::optional{due} : std::nullopt;
    }

  private:
    bool may_dim(State state) const {
        bool const waits = phase(state) == Phase::idle || phase(state) == Phase::closed;
        return waits && someone_ == false;
    }

    Time woken_at_;
    std::optional<bool> someone_;
};

}  // namespace journey
