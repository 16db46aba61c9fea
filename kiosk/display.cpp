#include "kiosk/display.hpp"

namespace kiosk {

base::Result<Display> Display::open(Settings const& settings, ui::Theme const& theme) {
    ui::WindowOptions options;
    options.title = "Mon dossier médical";
    options.width = settings.width;
    options.height = settings.height;
    options.x = settings.x;
    options.y = settings.y;
    auto window = ui::Window::open(options);
    if (!window) return base::failure(window.error());
    auto words = ui::TextRenderer::open((*window)->renderer(), theme);
    if (!words) return base::failure(words.error());
    auto icons = ui::Icons::open((*window)->renderer(), settings.assets, theme.palette());
    if (!icons) return base::failure(icons.error());
    return Display{std::move(*window), std::move(*words), std::move(*icons)};
}

}  // namespace kiosk
