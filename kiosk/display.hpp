// The window, and what draws words and pictures in it.
#pragma once

#include "kiosk/settings.hpp"
#include "kiosk/ui/icons.hpp"
#include "kiosk/ui/text.hpp"
#include "kiosk/ui/theme.hpp"
#include "kiosk/ui/window.hpp"

#include <memory>

namespace kiosk {

// One at a time. The pictures belong to the window: it goes last.
struct Display {
    std::unique_ptr<ui::Window> window;
    std::unique_ptr<ui::TextRenderer> words;
    std::unique_ptr<ui::Icons> icons;

    static base::Result<Display> open(Settings const& settings, ui::Theme const& theme);
};

}  // namespace kiosk
