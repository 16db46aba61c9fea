#include "kiosk/ui/painter.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace ui {
namespace {

ImU32 packed(Colour colour) {
    return IM_COL32(colour.red, colour.green, colour.blue, colour.alpha);
}

ImVec2 top_left(Rect const& rect) { return {rect.x, rect.y}; }
ImVec2 bottom_right(Rect const& rect) { return {rect.right(), rect.bottom()}; }
ImDrawList* list() { return ImGui::GetWindowDrawList(); }

// Between two pixels, the pieces of one shape would be rounded each its own way, and gape.
Rect on_pixels(Rect const& rect) {
    auto const x = std::round(rect.x);
    auto const y = std::round(rect.y);
    return {x, y, std::round(rect.right()) - x, std::round(rect.bottom()) - y};
}

}  // namespace

Painter::Painter(Icons& icons, int scope, float window_width)
    : icons_(icons), window_width_(window_width) {
    ImGui::PushID(scope);
}
Painter::~Painter() { ImGui::PopID(); }

Rect Painter::placed(Rect rect) const {
    return mirrored_ ? Rect{window_width_ - rect.right(), rect.y, rect.width, rect.height} : rect;
}

void Painter::corners(Texture const& disc, Rect rect, Colour colour) {
    auto const radius = static_cast<float>(disc.width()) / 2;
    for (bool const right : {false, true})
        for (bool const low : {false, true}) {
            auto const x = right ? rect.right() - radius : rect.x;
            auto const y = low ? rect.bottom() - radius : rect.y;
            auto const u = right ? 0.5F : 0.0F;
            auto const v = low ? 0.5F : 0.0F;
            list()->AddImage(disc.get(), {x, y}, {x + radius, y + radius}, {u, v},
                             {u + 0.5F, v + 0.5F}, packed(colour));
        }
}

void Painter::fill(Rect rect, Colour colour, float radius) {
    if (!silent_) fill_placed(on_pixels(placed(rect)), colour, radius);
}

void Painter::fill_placed(Rect rect, Colour colour, float radius) {
    auto const round = std::floor(std::min({radius, rect.width / 2, rect.height / 2}));
    auto const bar = [&](Rect const& part) {
        if (part.width > 0 && part.height > 0)
            list()->AddRectFilled(top_left(part), bottom_right(part), packed(colour));
    };
    if (round < 1) return bar(rect);
    corners(icons_.disc(static_cast<int>(round)), rect, colour);
    bar({rect.x + round, rect.y, rect.width - 2 * round, round});
    bar({rect.x, rect.y + round, rect.width, rect.height - 2 * round});
    bar({rect.x + round, rect.bottom() - round, rect.width - 2 * round, round});
}

void Painter::outline(Rect rect, Colour colour, float radius, float thickness) {
    if (silent_) return;
    rect = on_pixels(placed(rect));
    auto const round = std::floor(std::min({radius, rect.width / 2, rect.height / 2}));
    corners(icons_.disc(static_cast<int>(round), static_cast<int>(thickness)), rect, colour);
    auto const across = rect.width - 2 * round;
    auto const down = rect.height - 2 * round;
    fill_placed({rect.x + round, rect.y, across, thickness}, colour, 0);
    fill_placed({rect.x + round, rect.bottom() - thickness, across, thickness}, colour, 0);
    fill_placed({rect.x, rect.y + round, thickness, down}, colour, 0);
    fill_placed({rect.right() - thickness, rect.y + round, thickness, down}, colour, 0);
}

void Painter::disc(float x, float y, float radius, Colour colour) {
    auto const& picture = icons_.disc(static_cast<int>(radius));
    auto const side = static_cast<float>(picture.width());
    image(picture, {std::round(x - side / 2), std::round(y - side / 2), side, side}, colour);
}

void Painter::image(Texture const& texture, Rect rect, Colour tint) {
    if (!texture || silent_) return;
    rect = placed(rect);
    list()->AddImage(texture.get(), top_left(rect), bottom_right(rect), {0, 0}, {1, 1},
                     packed(tint));
}

void Painter::words(TextBlock const& block, float x, float y) {
    // The ink stands in the block as it will be seen.
    auto const place = placed({x, y, block.width, block.height});
    if (!block.texture || silent_) return;
    auto const ink = block.ink.moved(std::round(place.x), std::round(place.y));
    list()->AddImage(block.texture.get(), top_left(ink), bottom_right(ink));
}

void Painter::clipped(Rect rect, std::function<void()> const& draw) {
    if (silent_) return;
    rect = placed(rect);
    list()->PushClipRect(top_left(rect), bottom_right(rect), true);
    draw();
    list()->PopClipRect();
}

TouchState Painter::touch(std::string const& id, Rect rect) {
    if (silent_) return {};
    rect = placed(rect);
    ImGui::SetCursorScreenPos(top_left(rect));
    bool const activated = ImGui::InvisibleButton(id.c_str(), {rect.width, rect.height});
    return {ImGui::IsItemActive() && ImGui::IsItemHovered(), activated};
}

}  // namespace ui
