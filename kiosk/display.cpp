#include "kiosk/display.hpp"

#include "kiosk/kms_panel.hpp"

namespace kiosk {
namespace {

base::Result<std::unique_ptr<ui::Window>> open_window(Settings const& settings) {
    if (settings.screen == ScreenKind::panel) {
        KmsPanel::Options options;
        options.screen.rotation = settings.rotation;
        if (settings.width && settings.height)
            options.screen.wanted = screen::Size{*settings.width, *settings.height};
        options.input_devices = settings.input_devices;
        auto panel = KmsPanel::open(std::move(options));
        if (!panel) return base::failure(panel.error());
        return ui::Window::open(std::move(*panel));
    }
    ui::WindowOptions options;
    options.title = "Mon dossier médical";
    if (settings.width) options.width = *settings.width;
    if (settings.height) options.height = *settings.height;
    options.x = settings.x;
    options.y = settings.y;
    return ui::Window::open(options);
}

}  // namespace

base::Result<Display> Display::open(Settings const& settings, ui::Theme const& theme) {
    auto window = open_window(settings);
    if (!window) return base::failure(window.error());
    auto words = ui::TextRenderer::open((*window)->renderer(), theme);
    if (!words) return base::failure(words.error());
    auto icons = ui::Icons::open((*window)->renderer(), settings.assets, theme.palette());
    if (!icons) return base::failure(icons.error());
    return Display{std::move(*window), std::move(*words), std::move(*icons)};
}

}  // namespace kiosk
