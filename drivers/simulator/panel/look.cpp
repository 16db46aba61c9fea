#include "drivers/simulator/panel/look.hpp"

namespace simulator::look {

void apply(ImGuiStyle& style) {
    style.WindowPadding = {20.0F, 20.0F};
    style.FramePadding = {14.0F, 10.0F};
    style.ItemSpacing = {gap, gap};
    style.WindowBorderSize = 0.0F;
    style.ChildBorderSize = 1.0F;
    style.FrameRounding = rounding;
    style.ChildRounding = rounding;
    style.ScrollbarSize = 12.0F;
    style.ScrollbarRounding = 6.0F;
    style.DisabledAlpha = 1.0F;  // what cannot be done has colours of its own

    auto* colours = style.Colors;
    colours[ImGuiCol_Text] = ink;
    colours[ImGuiCol_TextDisabled] = quiet;
    colours[ImGuiCol_WindowBg] = paper;
    colours[ImGuiCol_ChildBg] = card;
    colours[ImGuiCol_Border] = line;
    colours[ImGuiCol_ButtonHovered] = main_hover;
    colours[ImGuiCol_ButtonActive] = main_pressed;
    colours[ImGuiCol_ScrollbarBg] = card;
    colours[ImGuiCol_ScrollbarGrab] = line;
    colours[ImGuiCol_ScrollbarGrabHovered] = quiet;
    colours[ImGuiCol_ScrollbarGrabActive] = quiet;
    colours[ImGuiCol_NavHighlight] = main;
}

}  // namespace simulator::look
