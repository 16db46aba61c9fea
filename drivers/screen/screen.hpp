// The panel: found, lit, shown pictures, lost and found again. It may not be there when the program
// starts, and may be another when it comes back.
#pragma once

#include "drivers/screen/hot_plug.hpp"
#include "drivers/screen/placement.hpp"
#include "drivers/screen/scanout.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace screen {

struct ScreenOptions {
    std::filesystem::path devices = "/dev/dri";
    Rotation rotation = Rotation::none;
    std::optional<Size> wanted = std::nullopt;  // of the picture, as the reader sees it
};

// One thread's. Nothing here waits for the panel but lighting it (some ten milliseconds of the
// kernel's).
class Screen {
  public:
    using Clock = std::chrono::steady_clock;

    // That no panel is there yet is no error; Errc::system_failed when nobody could tell that one
    // comes.
    static base::Result<std::unique_ptr<Screen>> open(ScreenOptions options);

    // How a picture lies on the panel; none while there is no panel.
    std::optional<Placement> const& placement() const { return placement_; }
    // For the log: "HDMI-A-1 of /dev/dri/card0: 1080x1920, 60 Hz", or why there is none.
    std::string const& situation() const { return situation_; }

    // Shows the picture of placement()'s size, now or as soon as the panel takes it: the pixels
    // stay where they are until the next show() or forget_picture(). Without a panel they wait.
    void show(std::span<std::uint32_t const> pixels);
    void forget_picture() { pixels_ = {}; }

    // To be polled while sleeping; then attend().
    std::vector<int> descriptors() const;
    // When attend() is due without any of them.
    std::optional<Clock::time_point> due() const;
    // Takes in what happened. True when the panel came, went or changed: placement() is another.
    bool attend();

    // The lit panel; null without one.
    Scanout* scanout() { return scanout_.get(); }

  private:
    Screen(ScreenOptions options, HotPlug hot_plug)
        : options_(std::move(options)), hot_plug_(std::move(hot_plug)) {}

    bool still_there() const;
    void look();
    base::Result<std::unique_ptr<Scanout>> light(std::filesystem::path const& card);
    void lose(std::string why);
    void try_to_show();

    ScreenOptions options_;
    HotPlug hot_plug_;
    std::unique_ptr<Scanout> scanout_;
    std::optional<Placement> placement_;
    std::string situation_ = "no panel";
    std::span<std::uint32_t const> pixels_;
    bool waiting_ = false;  // a picture, for the panel
    std::optional<Clock::time_point> flip_lost_at_;
    std::optional<Clock::time_point> look_again_at_;
};

}  // namespace screen
