#include "kiosk/ui/texture.hpp"

#include <string>
#include <vector>

#include <SDL.h>

namespace ui {

base::Result<Texture> Texture::make(SDL_Renderer* renderer, int width, int height,
                                    std::span<std::uint32_t const> pixels) {
    if (width <= 0 || height <= 0 ||
        pixels.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
        return base::failure(base::Errc::malformed, "a picture without pixels");
    SDL_Texture* const texture = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888,
                                                   SDL_TEXTUREACCESS_STATIC, width, height);
    if (texture == nullptr)
        return base::failure(base::Errc::system_failed, std::string{"texture: "} + SDL_GetError());
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    SDL_UpdateTexture(texture, nullptr, pixels.data(), 4 * width);
    return Texture{texture, width, height};
}

Texture::~Texture() {
    if (texture_ == nullptr) return;
    std::vector<std::uint32_t> const nothing(static_cast<std::size_t>(width_) *
                                             static_cast<std::size_t>(height_));
    SDL_UpdateTexture(texture_, nullptr, nothing.data(), 4 * width_);
    SDL_DestroyTexture(texture_);
}

}  // namespace ui
