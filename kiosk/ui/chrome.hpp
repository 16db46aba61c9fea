// What surrounds every screen: the header, and the panels above.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/view.hpp"

namespace ui {

void draw_header(Frame& frame, View const& view);
// At the bottom: what suits the screens to the person, each one tap away.
// `lowered`: whether the low layout would change anything.
void draw_comfort_strip(Frame& frame, View const& view, bool lowered);
// In place of a screen that nobody is to read. Nothing of it is drawn, noted or read aloud: what is
// not there does not show through a veil.
void draw_cover(Frame& frame);
void draw_help(Frame& frame, View const& view);
void draw_warning(Frame& frame, View const& view);
void draw_start_over(Frame& frame);
void draw_languages(Frame& frame);

}  // namespace ui
