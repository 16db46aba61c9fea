// The window: what fingers do goes in, frames come out. Owns SDL and Dear ImGui; one per program.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/ui/canvas.hpp"
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
union SDL_Event;

namespace ui {

class Window {
  public:
    static base::Result<std::unique_ptr<Window>> open(WindowOptions const& options);
    static base::Result<std::unique_ptr<Window>> open(std::unique_ptr<Panel> panel);
    ~Window();
    Window(Window const&) = delete;
    Window& operator=(Window const&) = delete;

    // To be polled while sleeping; then, or when due(), pump().
    std::vector<int> descriptors() const { return canvas_->descriptors(); }
    std::optional<std::chrono::steady_clock::time_point> due() const { return canvas_->due(); }
    // A panel of another size is there than when this was opened: it is to be opened anew.
    bool outdated() const { return canvas_->outdated(); }

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
    using Phase = TouchPhase;
    void push_finger(Phase phase, std::int64_t finger, float x, float y);
    // Likewise a key of the keypad.
    void push_key(Key key);

    Size size() const { return size_; }
    SDL_Renderer* renderer() const { return canvas_->renderer(); }

  private:
    struct Touch {
        Phase phase;
        float x;
        float y;
    };

    explicit Window(std::unique_ptr<Canvas> canvas);
    void take(PanelAct const& act);
    void take(SDL_Event const& event);
    void touch(Phase phase, std::int64_t finger, float x, float y);
    void feed_one_touch();
    void fill_frame(std::function<void()> const& draw);

    std::unique_ptr<Canvas> canvas_;
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
