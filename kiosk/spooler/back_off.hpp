// How long to wait after a failure: exponential with full jitter, so that thousands of kiosks that
// lost the same server do not come back together.
#pragma once

#include <chrono>
#include <functional>

namespace spooler {

class BackOff {
  public:
    using Duration = std::chrono::milliseconds;
    // A number in [0, 1). Tests replace it.
    using Random = std::function<double()>;

    static constexpr Duration base = std::chrono::seconds{5};
    static constexpr Duration cap = std::chrono::minutes{15};
    // A server that asks for more is not believed.
    static constexpr Duration longest_floor = std::chrono::hours{1};

    explicit BackOff(Random random) : random_(std::move(random)) {}

    // Anything in [0, window), where the window doubles from `base` to `cap` with each failure.
    Duration after_failure();

    // At least what the server asked for, plus jitter as wide as that again: a floor alone would
    // bring all kiosks back in the same second.
    Duration after_request(Duration floor);

    void succeeded() { failures_ = 0; }

    // From the operating system's generator.
    static Random system_random();

  private:
    Duration next_window();
    Duration within(Duration window);

    Random random_;
    int failures_ = 0;
};

}  // namespace spooler
