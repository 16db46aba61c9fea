// Every text the screens use: what a language file must hold, and all it may hold.
#pragma once

#include <string>
#include <vector>

namespace ui {

std::vector<std::string> text_ids();

}  // namespace ui
