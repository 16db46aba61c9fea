// Who watches and drives the loop from outside: the robot in development builds, nobody otherwise.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

namespace kiosk {

class Companion {
  public:
    virtual ~Companion() = default;
    virtual std::vector<int> descriptors() const = 0;
    // Called once a turn of the loop, before the frame.
    virtual void serve() = 0;
    // After a frame was shown.
    virtual void frame_shown() = 0;
    // When it wants to be called although nothing happened.
    virtual std::optional<std::chrono::steady_clock::time_point> deadline() const = 0;
};

}  // namespace kiosk
