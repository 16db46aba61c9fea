#include "kiosk/ui/window.hpp"
#include "tests/catch.hpp"

#include <algorithm>

#include <linux/input-event-codes.h>

namespace {

using ui::TouchPhase;

constexpr ui::Colour paper = ui::rgb(0x123456);

// What the hardware would do, by hand.
struct Hardware {
    std::vector<std::uint32_t> pixels = std::vector<std::uint32_t>(std::size_t{40} * 30);
    int shown = 0;
    std::vector<ui::PanelAct> acts;
    bool outdated = false;
};

class HandPanel : public ui::Panel {
  public:
    explicit HandPanel(Hardware& hardware) : hardware_(hardware) {}
    int width() const override { return 40; }
    int height() const override { return 30; }
    std::span<std::uint32_t> pixels() override { return hardware_.pixels; }
    void show() override { ++hardware_.shown; }
    std::vector<int> descriptors() const override { return {7}; }
    std::optional<std::chrono::steady_clock::time_point> due() const override {
        return std::chrono::steady_clock::time_point{};
    }
    std::vector<ui::PanelAct> attend() override { return std::exchange(hardware_.acts, {}); }
    bool outdated() const override { return hardware_.outdated; }

  private:
    Hardware& hardware_;
};

std::unique_ptr<ui::Window> open(Hardware& hardware) {
    auto window = ui::Window::open(std::make_unique<HandPanel>(hardware));
    REQUIRE(window);
    return std::move(*window);
}

}  // namespace

TEST_CASE("a frame is whole in the panel's memory when the panel is told to show it", "[ui]") {
    Hardware hardware;
    auto const window = open(hardware);
    CHECK(window->size().width == 40);
    CHECK(window->size().height == 30);
    CHECK(window->pump());  // a first frame is due
    window->frame(paper, [] {});
    CHECK(hardware.shown == 1);
    CHECK(std::ranges::all_of(hardware.pixels,
                              [](std::uint32_t pixel) { return (pixel & 0xFFFFFFU) == 0x123456; }));
    CHECK_FALSE(window->pump());
    window->lay_out([] {});
    CHECK(hardware.shown == 1);
}

TEST_CASE("what the window is polled with and whether it is outdated is the panel's to say",
          "[ui]") {
    Hardware hardware;
    auto const window = open(hardware);
    CHECK(window->descriptors() == std::vector{7});
    CHECK(window->due().has_value());
    CHECK_FALSE(window->outdated());
    hardware.outdated = true;
    CHECK(window->outdated());
}

TEST_CASE("a finger on the panel wants a frame for its press and one for its lift", "[ui]") {
    Hardware hardware;
    auto const window = open(hardware);
    window->frame(paper, [] {});
    hardware.acts = {ui::PanelTouch{TouchPhase::down, 1, 20, 15},
                     ui::PanelTouch{TouchPhase::up, 1, 20, 15}};
    CHECK(window->pump());
    CHECK(window->take_finger_came());
    window->frame(paper, [] {});
    CHECK(window->pump());
    window->frame(paper, [] {});
    CHECK_FALSE(window->pump());
}

TEST_CASE("every key that a panel is to report means one of the keypad's", "[ui]") {
    Hardware hardware;
    auto const window = open(hardware);
    auto const keys = ui::panel_keys();
    CHECK(keys.size() >= 9);
    for (auto const code : keys) {
        hardware.acts = {ui::PanelKey{code}};
        static_cast<void>(window->pump());
        INFO("code " << code);
        CHECK(window->take_key().has_value());
    }
    hardware.acts = {ui::PanelKey{KEY_A}, ui::PanelKey{KEY_F2}, ui::PanelKey{KEY_UP}};
    static_cast<void>(window->pump());
    CHECK(window->take_key() == ui::Key::up);
    CHECK_FALSE(window->take_key().has_value());
}
