#include "kiosk/spooler/back_off.hpp"

#include <algorithm>
#include <memory>
#include <random>

namespace spooler {

BackOff::Duration BackOff::after_failure() { return within(next_window()); }

BackOff::Duration BackOff::after_request(Duration floor) {
    floor = std::clamp(floor, Duration::zero(), longest_floor);
    return floor + within(std::max(floor, next_window()));
}

BackOff::Duration BackOff::next_window() {
    auto window = base;
    for (int i = 0; i < failures_ && window < cap; ++i)
        window *= 2;
    ++failures_;
    return std::min(window, cap);
}

BackOff::Duration BackOff::within(Duration window) {
    return Duration{static_cast<Duration::rep>(random_() * static_cast<double>(window.count()))};
}

BackOff::Random BackOff::system_random() {
    auto source = std::make_shared<std::random_device>();
    return [source] { return std::uniform_real_distribution<double>{0.0, 1.0}(*source); };
}

}  // namespace spooler
