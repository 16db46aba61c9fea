#include "kiosk/ui/canvas.hpp"

#include <SDL.h>
#include <SDL_syswm.h>
#include <X11/Xlib.h>

namespace ui {
namespace {

class DeskCanvas : public Canvas {
  public:
    DeskCanvas(SDL_Window* window, SDL_Renderer* renderer, Size size)
        : window_(window), renderer_(renderer), size_(size) {}
    ~DeskCanvas() override {
        SDL_DestroyRenderer(renderer_);
        SDL_DestroyWindow(window_);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    SDL_Renderer* renderer() const override { return renderer_; }
    Size size() const override { return size_; }
    void show() override { SDL_RenderPresent(renderer_); }

    // Empty where the video driver has none.
    std::vector<int> descriptors() const override {
        SDL_SysWMinfo info{};
        SDL_VERSION(&info.version);
        if (SDL_GetWindowWMInfo(window_, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11)
            return {};
        return {ConnectionNumber(info.info.x11.display)};
    }
    std::optional<std::chrono::steady_clock::time_point> due() const override {
        return std::nullopt;
    }
    std::vector<PanelAct> attend() override { return {}; }
    bool outdated() const override { return false; }

  private:
    SDL_Window* window_;
    SDL_Renderer* renderer_;
    Size size_;
};

}  // namespace

base::Error sdl_error(std::string_view what) {
    return {base::Errc::system_failed, std::string{what} + ": " + SDL_GetError()};
}

base::Result<std::unique_ptr<Canvas>> open_desk_canvas(WindowOptions const& options) {
    // A desk's X server without GPU: SDL's window surface, not its OpenGL imitation of one.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return base::failure(sdl_error("video"));
    // SDL starts with text input on, for which X11 would connect an input method: all keys are
    // ours.
    SDL_StopTextInput();
    auto const position = [](std::optional<int> at) {
        return at ? *at : static_cast<int>(SDL_WINDOWPOS_UNDEFINED);
    };
    auto* const window = SDL_CreateWindow(
        options.title.c_str(), position(options.x), position(options.y), options.width,
        options.height, options.borderless ? static_cast<Uint32>(SDL_WINDOW_BORDERLESS) : 0U);
    if (window == nullptr) {
        auto error = sdl_error("window");
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return base::failure(std::move(error));
    }
    auto* const renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
    if (renderer == nullptr) {
        auto error = sdl_error("renderer");
        SDL_DestroyWindow(window);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return base::failure(std::move(error));
    }
    return std::make_unique<DeskCanvas>(
        window, renderer,
        Size{static_cast<float>(options.width), static_cast<float>(options.height)});
}

}  // namespace ui
