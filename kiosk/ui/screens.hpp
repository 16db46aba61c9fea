// From the state and the session to the picture, and to what the person did.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/view.hpp"

#include <vector>

namespace ui {

// Draws the screen of the view's state with its header and, above it, the help panel or the
// question for more time. Afterwards frame.take_shown() lists what is on it.
std::vector<Intent> draw(Frame& frame, View const& view);

// Whether the question for more time is drawn over this state when the view asks for it.
bool can_warn(journey::State state);

}  // namespace ui
