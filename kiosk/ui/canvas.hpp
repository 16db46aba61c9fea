// What frames are drawn on: a window of the desk, or the memory behind a panel.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/panel.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct SDL_Renderer;

namespace ui {

class Canvas {
  public:
    virtual ~Canvas() = default;

    virtual SDL_Renderer* renderer() const = 0;
    virtual Size size() const = 0;
    // What was drawn is whole: it may be seen.
    virtual void show() = 0;

    // As those of Panel. A window's acts come by SDL's queue instead.
    virtual std::vector<int> descriptors() const = 0;
    virtual std::optional<std::chrono::steady_clock::time_point> due() const = 0;
    virtual std::vector<PanelAct> attend() = 0;
    virtual bool outdated() const = 0;
};

struct WindowOptions {
    std::string title;
    int width = 1080;
    int height = 1920;
    std::optional<int> x = std::nullopt;
    std::optional<int> y = std::nullopt;
    bool borderless = false;
};

// A window of X11, or of SDL's dummy driver in tests.
base::Result<std::unique_ptr<Canvas>> open_desk_canvas(WindowOptions const& options);
base::Result<std::unique_ptr<Canvas>> open_panel_canvas(std::unique_ptr<Panel> panel);

base::Error sdl_error(std::string_view what);

}  // namespace ui
