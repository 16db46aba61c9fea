// A picture in the renderer's memory. Overwritten before it is given back: it may show a name.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <span>
#include <utility>

struct SDL_Renderer;
struct SDL_Texture;

namespace ui {

class Texture {
  public:
    // Pixels are 0xAARRGGBB, colour not multiplied with alpha, `width` to a row.
    static base::Result<Texture> make(SDL_Renderer* renderer, int width, int height,
                                      std::span<std::uint32_t const> pixels);

    Texture() = default;
    Texture(Texture&& other) noexcept
        : texture_(std::exchange(other.texture_, nullptr)), width_(other.width_),
          height_(other.height_) {}
    Texture& operator=(Texture&& other) noexcept {
        std::swap(texture_, other.texture_);
        std::swap(width_, other.width_);
        std::swap(height_, other.height_);
        return *this;
    }
    ~Texture();

    SDL_Texture* get() const { return texture_; }
    explicit operator bool() const { return texture_ != nullptr; }
    int width() const { return width_; }
    int height() const { return height_; }
    std::size_t bytes() const {
        return 4 * static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
    }

  private:
    Texture(SDL_Texture* texture, int width, int height)
        : texture_(texture), width_(width), height_(height) {}

    SDL_Texture* texture_ = nullptr;
    int width_ = 0;
    int height_ = 0;
};

}  // namespace ui
