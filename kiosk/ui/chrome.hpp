// What surrounds every screen: the header, and the panels above.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/view.hpp"

namespace ui {

void draw_header(Frame& frame, View const& view);
void draw_help(Frame& frame, View const& view);
void draw_warning(Frame& frame, View const& view);

}  // namespace ui
