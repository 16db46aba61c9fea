// Every text the screens use: what a language file must hold, and all it may hold.
#pragma once

#include <string>
#include <vector>

namespace ui {

std::vector<std::string> text_ids();

// Those that say a number, as {count}: a text of each form that the language has for it.
std::vector<std::string> counted_text_ids();

}  // namespace ui
