// The panel's colours and measures, in one place.
#pragma once

#include <imgui.h>

namespace simulator::look {

inline ImVec4 colour(unsigned rgb, float alpha = 1.0F) {
    return {static_cast<float>(rgb >> 16 & 0xFF) / 255.0F,
            static_cast<float>(rgb >> 8 & 0xFF) / 255.0F, static_cast<float>(rgb & 0xFF) / 255.0F,
            alpha};
}

inline ImVec4 const paper = colour(0xF7F5F0);
inline ImVec4 const card = colour(0xFFFFFF);
inline ImVec4 const ink = colour(0x14233B);
inline ImVec4 const quiet = colour(0x5A6678);
inline ImVec4 const line = colour(0xD9D4C8);
inline ImVec4 const main = colour(0x0B5357);
inline ImVec4 const main_hover = colour(0x0E676C);
inline ImVec4 const main_pressed = colour(0x083F42);
inline ImVec4 const tint = colour(0xE1EDEC);  // a chosen row
inline ImVec4 const hover = colour(0xF0EDE5);
inline ImVec4 const warning = colour(0x9A3B12);
inline ImVec4 const gold = colour(0xC9A24B);  // the contacts of a card

inline constexpr float text_size = 18.0F;
inline constexpr float small_size = 15.0F;
inline constexpr float title_size = 23.0F;
inline constexpr float gap = 12.0F;
inline constexpr float button_height = 48.0F;
inline constexpr float rounding = 10.0F;

void apply(ImGuiStyle& style);

}  // namespace simulator::look
