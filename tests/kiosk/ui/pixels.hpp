// The pixels of the last frame shown.
#pragma once

#include "kiosk/ui/window.hpp"
#include "tests/catch.hpp"

#include <cstdint>
#include <vector>

#include <SDL.h>

namespace samples {

class Pixels {
  public:
    explicit Pixels(ui::Window const& window)
        : width_(static_cast<int>(window.size().width)),
          height_(static_cast<int>(window.size().height)),
          pixels_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {
        REQUIRE(SDL_RenderReadPixels(window.renderer(), nullptr, SDL_PIXELFORMAT_ARGB8888,
                                     pixels_.data(), width_ * 4) == 0);
    }

    int width() const { return width_; }
    int height() const { return height_; }
    // 0xRRGGBB
    std::uint32_t at(int x, int y) const {
        return pixels_.at(static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                          static_cast<std::size_t>(x)) &
               0xFFFFFFU;
    }

  private:
    int width_;
    int height_;
    std::vector<std::uint32_t> pixels_;
};

}  // namespace samples
