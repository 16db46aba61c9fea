#include "kiosk/ui/render.hpp"

#include <cassert>
#include <cstdint>

#include <SDL.h>
#include <imgui.h>

namespace ui {
namespace {

constexpr unsigned indices_of_rectangle = 6;  // two triangles, begun at the first of four vertices

struct Rectangle {
    ImDrawVert const& top_left;
    ImDrawVert const& bottom_right;
};

struct Tint {
    std::uint8_t red;
    std::uint8_t green;
    std::uint8_t blue;
    std::uint8_t alpha;
};

Tint tint_of(ImU32 packed) {
    auto const part = [&](unsigned shift) { return static_cast<std::uint8_t>(packed >> shift); };
    return {part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT),
            part(IM_COL32_A_SHIFT)};
}

SDL_FRect place_of(Rectangle const& rectangle) {
    auto const& from = rectangle.top_left.pos;
    auto const& to = rectangle.bottom_right.pos;
    return {from.x, from.y, to.x - from.x, to.y - from.y};
}

void fill(SDL_Renderer* renderer, Rectangle const& rectangle) {
    auto const tint = tint_of(rectangle.top_left.col);
    auto const place = place_of(rectangle);
    SDL_SetRenderDrawBlendMode(renderer,
                               tint.alpha == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(renderer, tint.red, tint.green, tint.blue, tint.alpha);
    SDL_RenderFillRectF(renderer, &place);
}

void copy(SDL_Renderer* renderer, SDL_Texture* texture, Rectangle const& rectangle) {
    auto const tint = tint_of(rectangle.top_left.col);
    auto const place = place_of(rectangle);
    int width = 0;
    int height = 0;
    SDL_QueryTexture(texture, nullptr, nullptr, &width, &height);
    auto const& from = rectangle.top_left.uv;
    auto const& to = rectangle.bottom_right.uv;
    auto const across = static_cast<float>(width);
    auto const down = static_cast<float>(height);
    SDL_Rect const part{static_cast<int>(from.x * across), static_cast<int>(from.y * down),
                        static_cast<int>((to.x - from.x) * across),
                        static_cast<int>((to.y - from.y) * down)};
    SDL_SetTextureColorMod(texture, tint.red, tint.green, tint.blue);
    SDL_SetTextureAlphaMod(texture, tint.alpha);
    SDL_RenderCopyF(renderer, texture, &part, &place);
}

void render(ImDrawList const& list, ImDrawCmd const& command, SDL_Renderer* renderer) {
    auto const& area = command.ClipRect;
    SDL_Rect const clip{static_cast<int>(area.x), static_cast<int>(area.y),
                        static_cast<int>(area.z - area.x), static_cast<int>(area.w - area.y)};
    if (clip.w <= 0 || clip.h <= 0) return;
    SDL_RenderSetClipRect(renderer, &clip);
    auto* const texture = static_cast<SDL_Texture*>(command.GetTexID());
    assert(command.ElemCount % indices_of_rectangle == 0);
    for (unsigned i = 0; i < command.ElemCount; i += indices_of_rectangle) {
        auto const first = static_cast<int>(
            command.VtxOffset + list.IdxBuffer[static_cast<int>(command.IdxOffset + i)]);
        Rectangle const rectangle{list.VtxBuffer[first], list.VtxBuffer[first + 2]};
        if (texture == nullptr)
            fill(renderer, rectangle);
        else
            copy(renderer, texture, rectangle);
    }
}

}  // namespace

void render(ImDrawData const& data, SDL_Renderer* renderer) {
    for (int i = 0; i < data.CmdListsCount; ++i)
        for (auto const& command : data.CmdLists[i]->CmdBuffer)
            render(*data.CmdLists[i], command, renderer);
    SDL_RenderSetClipRect(renderer, nullptr);
}

}  // namespace ui
