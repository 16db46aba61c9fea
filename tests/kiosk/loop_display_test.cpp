#include "tests/catch.hpp"
#include "tests/kiosk/loop_guide.hpp"

#include <fstream>

using namespace loop_tests;
using journey::State;

namespace {

// Input devices come in a folder of the test.
kiosk::Settings settings_with_devices() {
    auto changed = loop_settings();
    changed.input_devices = app_tests::keys() / "input";
    std::filesystem::create_directories(changed.input_devices);
    return changed;
}

}  // namespace

TEST_CASE("a touch panel that went and came is heard again within 5 s, and the session goes on",
          "[loop]") {
    auto const with_devices = settings_with_devices();
    auto opened = kiosk::Loop::open(with_devices);
    REQUIRE(opened);
    auto& loop = **opened;
    Guide guide{loop};
    Log log;
    auto const state = [&] { return loop.app().journey().state(); };
    auto const finger = [&](ui::Window::Phase phase, std::string_view id) {
        auto const* const widget = loop.shown().find(id);
        REQUIRE(widget != nullptr);
        loop.window().push_finger(phase, 1, widget->rect.centre_x(), widget->rect.centre_y());
    };
    Guide::Clock::time_point came;
    CHECK(guide.lead(
        joined(opening(loop),
               {[&] {
                    loop.post(workers::CardInserted{1});
                    loop.post(workers::CardRead{1, app_tests::luc(), {}});
                    return true;
                },
                [&] { return state() == State::explain && loop.shown().find("next") != nullptr; },
                guide.pause(),
                // A finger is down when the panel goes.
                [&] {
                    finger(ui::Window::Phase::down, "next");
                    return true;
                },
                guide.pause(),
                [&] {
                    came = Guide::Clock::now();
                    std::ofstream{with_devices.input_devices / "event7"} << "";
                    return true;
                },
                [&] { return log.holds("display: opened again"); }, guide.pause(),
                [&] {
                    CHECK(Guide::Clock::now() - came < 5s);
                    CHECK(state() == State::explain);
                    finger(ui::Window::Phase::down, "next");
                    finger(ui::Window::Phase::up, "next");
                    return true;
                },
                [&] { return state() == State::consent; }})));
}

TEST_CASE("a display that does not come back ends the loop with an error", "[loop]") {
    auto const with_devices = settings_with_devices();
    auto opened = kiosk::Loop::open(with_devices);
    REQUIRE(opened);
    ::setenv("SDL_VIDEODRIVER", "none-such", 1);
    std::ofstream{with_devices.input_devices / "event8"} << "";
    auto const ended = (*opened)->run();
    ::setenv("SDL_VIDEODRIVER", "dummy", 1);
    REQUIRE_FALSE(ended);
    CHECK_THAT(base::describe(ended.error()), Catch::Contains("video"));
}
