// What surrounds every screen: the header, and the panels above.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/view.hpp"

namespace ui {

void draw_header(Frame& frame, View const& view);
// In portrait, at the bottom; in landscape its acts stand in the header.
void draw_comfort_strip(Frame& frame);
void draw_help(Frame& frame, View const& view);
void draw_warning(Frame& frame, View const& view);
void draw_start_over(Frame& frame);

}  // namespace ui
