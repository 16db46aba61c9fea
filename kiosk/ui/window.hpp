// The window: what fingers do goes in, frames come out. Owns SDL and Dear ImGui; one per program.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/ui/focus.hpp"
#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/theme.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct SDL_Renderer;
struct SDL_Window;
union SDL_Event;

namespace ui {

struct WindowOptions {
    std::string title;
    int width = 1080;
    int height = 1920;
    std::optional<int> x = std::nullopt;
    std::optional<int> y = std::nullopt;
    bool borderless = false;
};

class Window {
  public:
    static base::Result<std::unique_ptr<Window>> open(WindowOptions const& options);
    ~Window();
    Window(Window const&) = delete;
    Window& operator=(Window const&) = delete;

    // To be polled while sleeping; empty where the video driver has none.
    std::vector<int> descriptors() const;

    // Takes in what happened. True when a frame is due: call pump() and frame() in turn until it is
    // false before sleeping, because each press and each release gets a frame of its own.
    bool pump();
    bool quit_requested() const { return quit_requested_; }
    // What was pressed on the keypad or the switches, one at a time, oldest first.
    std::optional<Key> take_key();
    // Whether a finger came down since the last time.
    bool take_finger_came() { return std::exchange(finger_came_, false); }

    // One frame: `draw` runs between the start of a Dear ImGui frame and its presentation.
    void frame(Colour background, std::function<void()> const& draw);

    // As frame(), but nothing is shown: for who only wants to know what would be.
    void lay_out(std::function<void()> const& draw);

    // The last frame shown, as PNG.
    base::Result<void> save_png(std::filesystem::path const& path) const;

    // Puts a finger into SDL's queue, where real ones arrive. Pixels.
    enum class Phase : std::uint8_t { down, move, up };
    void push_finger(Phase phase, std::int64_t finger, float x, float y);
    // Likewise a key of the keypad.
    void push_key(Key key);

    Size size() const { return size_; }
    SDL_Renderer* renderer() const { return renderer_; }

  private:
    struct Touch {
        Phase phase;
        float x;
        float y;
    };

    Window(SDL_Window* window, SDL_Renderer* renderer, Size size);
    void take(SDL_Event const& event);
    void touch(Phase phase, std::int64_t finger, float x, float y);
    void feed_one_touch();
    void fill_frame(std::function<void()> const& draw);

    SDL_Window* window_;
    SDL_Renderer* renderer_;
    Size size_;
    std::deque<Touch> touches_;
    // The one that acts: the last to come down, so that neither a palm that rests on the panel nor
    // a lift that was lost keeps the others from acting.
    std::optional<std::int64_t> finger_;
    std::deque<Key> keys_;
    bool finger_came_ = false;
    bool exposed_ = true;
    bool quit_requested_ = false;
};

}  // namespace ui
