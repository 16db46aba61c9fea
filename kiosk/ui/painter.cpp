#include "kiosk/ui/painter.hpp"

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

} // namespace

Painter::Painter(int scope) { ImGui::PushID(scope); }
Painter::~Painter() { ImGui::PopID(); }

void Painter::fill(Rect rect, Colour colour, float radius) {
    list()->AddRectFilled(top_left(rect), bottom_right(rect), packed(colour), radius);
}

void Painter::outline(Rect rect, Colour colour, float radius, float thickness) {
    // ImGui centres a stroke on the edge, half a pixel inwards.
    auto const inner = rect.inset(thickness / 2 - 0.5F);
    list()->AddRect(top_left(inner), bottom_right(inner), packed(colour), radius - thickness / 2, 0,
                    thickness);
}

void Painter::disc(float x, float y, float radius, Colour colour) {
    list()->AddCircleFilled({x, y}, radius, packed(colour));
}

void Painter::image(Texture const& texture, Rect rect, Colour tint) {
    if (!texture) return;
    list()->AddImage(texture.get(), top_left(rect), bottom_right(rect), {0, 0}, {1, 1},
                     packed(tint));
}

void Painter::words(TextBlock const& block, float x, float y, Colour colour) {
    image(block.texture, block.ink.moved(std::round(x), std::round(y)), colour);
}

void Painter::clipped(Rect rect, std::function<void()> const& draw) {
    list()->PushClipRect(top_left(rect), bottom_right(rect), true);
    draw();
    list()->PopClipRect();
}

TouchState Painter::touch(std::string const& id, Rect rect) {
    ImGui::SetCursorScreenPos(top_left(rect));
    bool const activated = ImGui::InvisibleButton(id.c_str(), {rect.width, rect.height});
    return {ImGui::IsItemActive() && ImGui::IsItemHovered(), activated};
}

} // namespace ui
