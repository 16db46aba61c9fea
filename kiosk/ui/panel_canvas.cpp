#include "kiosk/ui/canvas.hpp"
#include "kiosk/ui/keys.hpp"

#include <algorithm>
#include <iterator>

#include <SDL.h>

namespace ui {
namespace {

class PanelCanvas : public Canvas {
  public:
    PanelCanvas(std::unique_ptr<Panel> panel, SDL_Surface* surface, SDL_Renderer* renderer)
        : panel_(std::move(panel)), surface_(surface), renderer_(renderer) {}
    ~PanelCanvas() override {
        SDL_DestroyRenderer(renderer_);
        SDL_FreeSurface(surface_);
        SDL_QuitSubSystem(SDL_INIT_EVENTS);
    }

    SDL_Renderer* renderer() const override { return renderer_; }
    Size size() const override {
        return {static_cast<float>(panel_->width()), static_cast<float>(panel_->height())};
    }
    void show() override {
        SDL_RenderFlush(renderer_);
        panel_->show();
    }
    std::vector<int> descriptors() const override { return panel_->descriptors(); }
    std::optional<std::chrono::steady_clock::time_point> due() const override {
        return panel_->due();
    }
    std::vector<PanelAct> attend() override { return panel_->attend(); }
    bool outdated() const override { return panel_->outdated(); }

  private:
    std::unique_ptr<Panel> panel_;
    SDL_Surface* surface_;
    SDL_Renderer* renderer_;
};

}  // namespace

std::vector<std::uint16_t> panel_keys() {
    std::vector<std::uint16_t> codes;
    std::ranges::transform(keyboard_keys, std::back_inserter(codes), &KeyOfKeyboard::code);
    return codes;
}

base::Result<std::unique_ptr<Canvas>> open_panel_canvas(std::unique_ptr<Panel> panel) {
    // No video: nothing of SDL touches the display, the consoles or the input devices.
    if (SDL_InitSubSystem(SDL_INIT_EVENTS) != 0) return base::failure(sdl_error("events"));
    constexpr int bits_per_pixel = 32;
    auto* const surface = SDL_CreateRGBSurfaceWithFormatFrom(
        panel->pixels().data(), panel->width(), panel->height(), bits_per_pixel,
        panel->width() * static_cast<int>(sizeof(std::uint32_t)), SDL_PIXELFORMAT_RGB888);
    auto* const renderer = surface == nullptr ? nullptr : SDL_CreateSoftwareRenderer(surface);
    if (renderer == nullptr) {
        auto error = sdl_error("renderer");
        SDL_FreeSurface(surface);
        SDL_QuitSubSystem(SDL_INIT_EVENTS);
        return base::failure(std::move(error));
    }
    return std::make_unique<PanelCanvas>(std::move(panel), surface, renderer);
}

}  // namespace ui
