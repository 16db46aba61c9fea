// What the program costs, measured from inside: for the robot's `metrics` and the benchmarks.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace kiosk {

using Milliseconds = std::chrono::duration<double, std::milli>;

class Metrics {
  public:
    struct Frames {
        std::size_t count = 0;
        Milliseconds p50{};
        Milliseconds p99{};
    };

    struct Snapshot {
        std::vector<float> frames_ms;  // of the latest frames, some thousands at most
        std::uint64_t frame_count = 0;
        std::uint64_t ui_wakeups = 0;
        std::uint64_t process_wakeups = 0;  // voluntary context switches of all threads
        Milliseconds cpu{};
        Milliseconds wall{};
        std::int64_t pss_kb = 0;
        Milliseconds event_to_screen{};  // of the last card: its event to the frame with the name

        Frames frames_since(Snapshot const& before) const;
    };

    void frame_took(Milliseconds time);
    void card_shown(Milliseconds event_to_screen) { event_to_screen_ = event_to_screen; }
    Snapshot snapshot(std::uint64_t ui_wakeups) const;

  private:
    std::vector<float> frames_ms_;
    std::uint64_t frame_count_ = 0;
    Milliseconds event_to_screen_{};
};

}  // namespace kiosk
