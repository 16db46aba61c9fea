// Sees input devices come. SDL 2.26 looks for touch panels when it opens the display: one that went
// away and came back, as a USB controller does after a discharge, is not heard again.
#pragma once

#include "drivers/base/unix_socket.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

namespace kiosk {

class InputWatch {
  public:
    using Clock = std::chrono::steady_clock;

    // None where the folder of the devices is missing, as in a container.
    static std::optional<InputWatch> open(std::filesystem::path const& folder);

    // Readable when something changed.
    int descriptor() const { return notices_.number(); }

    // Whether a device came `settling` ago, and none since; told once.
    bool take(Clock::time_point now);
    // When take() has something to tell, as far as is known.
    std::optional<Clock::time_point> due() const { return due_; }

    // A device gets its rights, and the X server takes it, a little after it came.
    static constexpr std::chrono::milliseconds settling{1000};

  private:
    explicit InputWatch(base::Descriptor notices) : notices_(std::move(notices)) {}

    base::Descriptor notices_;
    std::optional<Clock::time_point> due_;
};

}  // namespace kiosk
