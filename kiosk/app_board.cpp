// What the supervision board says of the cabinet and of who stands before it, and what it shows.
// Without a board all goes on, and staff reads why it shows nothing.
#include "kiosk/app.hpp"

#include <utility>

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

// Whether there is something to tell: a cabinet found closed and upright is as it should be.
bool changed(std::optional<bool>& level, bool now) {
    bool const before = level.value_or(false);
    level = now;
    return before != now;
}

}  // namespace

// The loop answers both.
void App::handle(workers::Ping const&) {}
void App::handle(workers::FrameAsked const&) {}

void App::handle(workers::SupervisorWarning const& warning) {
    spdlog::warn("board: {}", warning.text);
}

void App::handle(workers::SupervisorReady const& ready) {
    levels_.board = true;
    spdlog::info("board: ready: {}", ready.description);
    // It may have started anew and show nothing.
    lights_shown_.reset();
    brightness_shown_.reset();
}

// What it last saw and is unsafe stands until it is seen to be otherwise: an open door, nobody
// before the screen. Headphones are the other way round: pulled out unseen, the hall might hear
// what is private.
void App::handle(workers::SupervisorLost const& lost) {
    if (levels_.board == false) return;
    levels_.board = false;
    spdlog::warn("board: B02, the kiosk goes on without its supervision board: {}",
                 base::describe(lost.error));
    levels_.someone.reset();
    levels_.tilted.reset();
    levels_.key_turned.reset();
    if (levels_.door_open == false) levels_.door_open.reset();
    levels_.headphones = false;
    journey_.presence(std::nullopt, clock_.now());
    backlight_.presence(std::nullopt, clock_.now());
    ladder_.power_not_cycled(clock_.now());
    climb();
}

void App::handle(workers::PresenceLevel const& level) {
    levels_.someone = level.someone;
    journey_.presence(level.someone, clock_.now());
    backlight_.presence(level.someone, clock_.now());
    tick();
}

void App::handle(workers::DoorLevel const& level) {
    if (changed(levels_.door_open, level.open))
        spdlog::warn("cabinet: {}", level.open ? "B01, its door is open" : "its door is closed");
    settle();
}

void App::handle(workers::TiltLevel const& level) {
    if (changed(levels_.tilted, level.tilted))
        spdlog::warn("cabinet: {}", level.tilted ? "tilted" : "upright again");
}

void App::handle(workers::KeySwitchLevel const& level) {
    if (changed(levels_.key_turned, level.turned))
        spdlog::info("cabinet: the staff's key is turned {}", level.turned ? "on" : "off");
}

// Who plugs headphones in wants to hear; pulled out, the voice goes on without what is private.
// What a board that came back says again is nobody's act.
void App::handle(workers::HeadphonesLevel const& level) {
    levels_.headphones = level.plugged_in;
    if (std::exchange(levels_.jack, level.plugged_in) == level.plugged_in) return;
    if (level.plugged_in) session_.comfort.listen = true;
    comfort_changed();
    journey_.acted(clock_.now());
}

// To the board, whether there is one or not: it is told again when it comes.
void App::show_outside() {
    auto const state = journey_.state();
    bool const help_wanted = journey_.held() || card_forgotten_ || levels_.tilted == true;
    auto const lights =
        journey::lights({state, card_.has_value(), levels_.someone == true, help_wanted});
    if (lights_shown_ != lights) hands_.show_lights(lights);
    lights_shown_ = lights;
    auto const brightness = backlight_.percent(state, clock_.now());
    if (brightness_shown_ != brightness) hands_.dim(brightness);
    brightness_shown_ = brightness;
}

}  // namespace kiosk
