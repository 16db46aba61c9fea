// What surrounds every screen: the header, and the panels above.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/view.hpp"

namespace ui {

void draw_header(Frame& frame, View const& view);
// In portrait what does not fit beside the steps: the language, beginning again.
void draw_footer(Frame& frame, View const& view);
void draw_help(Frame& frame, View const& view);
void draw_warning(Frame& frame, View const& view);
void draw_start_over(Frame& frame);

}  // namespace ui
