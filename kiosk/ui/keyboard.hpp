// The keys on the screen: AZERTY for a name, an address or a reference, and a pad of digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ui {

class Frame;
struct Column;

enum class Keyboard : std::uint8_t { name, address, digits, reference };

// Fills the lower end of the column, and takes it from the column. `symbols` shows the second page;
// `has_at` says that an address already holds its @.
void draw_keyboard(Frame& frame, Column& column, Keyboard keyboard, bool symbols, bool has_at);

// The widget id of the key that types this: "key_a" (also for A), "key_space", "suffix_orange.fr".
std::string key_id(std::string_view typed);

}  // namespace ui
