// What the supervision board says of the cabinet and of who stands before it.
#include "kiosk/app.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {

void App::handle(workers::SupervisorReady const&) { spdlog::info("supervision board: ready"); }

void App::handle(workers::SupervisorLost const& lost) {
    levels_.someone.reset();
    levels_.door_open.reset();
    levels_.tilted.reset();
    levels_.key_turned.reset();
    spdlog::warn("supervision board: {}", base::describe(lost.error));
}

void App::handle(workers::PresenceLevel const& level) { levels_.someone = level.someone; }
void App::handle(workers::DoorLevel const& level) { levels_.door_open = level.open; }
void App::handle(workers::TiltLevel const& level) { levels_.tilted = level.tilted; }
void App::handle(workers::KeySwitchLevel const& level) { levels_.key_turned = level.turned; }
void App::handle(workers::ReaderPowerCycled const&) {}

}  // namespace kiosk
