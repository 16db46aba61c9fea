// The one place where the UI thread sleeps: until a descriptor is ready or a moment has come.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ui {

class Wait {
  public:
    using Clock = std::chrono::steady_clock;

    // Returns the descriptors that are ready (readable, or at their end); none when the deadline
    // came first or a signal interrupted the sleep. Without a deadline it sleeps as long as it
    // takes.
    base::Result<std::vector<int>> sleep(std::span<int const> descriptors,
                                         std::optional<Clock::time_point> deadline);

    std::uint64_t wakeups() const { return wakeups_; }

  private:
    std::uint64_t wakeups_ = 0;
};

}  // namespace ui
