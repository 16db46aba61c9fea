// The appliance's panel: pictures by drivers/screen, fingers and keys by drivers/input.
#pragma once

#include "drivers/input/devices.hpp"
#include "drivers/screen/screen.hpp"
#include "kiosk/ui/panel.hpp"

#include <memory>
#include <vector>

namespace kiosk {

class KmsPanel : public ui::Panel {
  public:
    struct Options {
        screen::ScreenOptions screen;
        std::filesystem::path input_devices = "/dev/input";
    };

    // That no panel is plugged in is no error: its picture then has the wanted size, or a usual
    // one.
    static base::Result<std::unique_ptr<ui::Panel>> open(Options options);
    // The last picture may have shown a name: it is overwritten.
    ~KmsPanel() override;

    int width() const override { return size_.width; }
    int height() const override { return size_.height; }
    std::span<std::uint32_t> pixels() override { return pixels_; }
    void show() override { screen_->show(pixels_); }
    std::vector<int> descriptors() const override;
    std::optional<std::chrono::steady_clock::time_point> due() const override {
        return screen_->due();
    }
    std::vector<ui::PanelAct> attend() override;
    bool outdated() const override;

  private:
    KmsPanel(std::unique_ptr<screen::Screen> screen, input::Devices devices, screen::Size size);

    std::optional<ui::PanelAct> act_of(input::Happening const& happening) const;
    void log_news();

    std::unique_ptr<screen::Screen> screen_;
    input::Devices devices_;
    screen::Size size_;
    std::vector<std::uint32_t> pixels_;
};

}  // namespace kiosk
