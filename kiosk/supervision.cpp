#include "kiosk/supervision.hpp"

#include "drivers/supervisor/boot_id.hpp"

#include <cstdlib>

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

// Nothing can be ended in good order while the UI thread hangs; systemd starts the program anew.
[[noreturn]] void end_hung_program() {
    spdlog::critical("the screen's thread hangs: this program ends, so that it is started anew");
    spdlog::default_logger()->flush();
    std::_Exit(EXIT_FAILURE);
}

}  // namespace

std::unique_ptr<workers::SupervisorWorker> watch_over(Settings const& settings,
                                                      workers::Mailbox<workers::Fact>& facts) {
    if (settings.supervisor_port.empty()) {
        spdlog::info("board: none is configured ([supervisor] port)");
        return nullptr;
    }
    workers::SupervisorWorker::Options options;
    options.port = settings.supervisor_port;
    options.boot_id = supervisor::boot_id();
    options.hangs = end_hung_program;
    return std::make_unique<workers::SupervisorWorker>(std::move(options), facts);
}

supervisor::SlotLight for_board(journey::SlotLight light) {
    switch (light) {
    case journey::SlotLight::off: return supervisor::SlotLight::off;
    case journey::SlotLight::breathing: return supervisor::SlotLight::breathing;
    case journey::SlotLight::invite: return supervisor::SlotLight::invite;
    case journey::SlotLight::steady: return supervisor::SlotLight::steady;
    case journey::SlotLight::blink: return supervisor::SlotLight::blink;
    case journey::SlotLight::error: return supervisor::SlotLight::error;
    case journey::SlotLight::take_card: return supervisor::SlotLight::take_card;
    }
    return supervisor::SlotLight::off;
}

supervisor::StatusLight for_board(journey::StatusLight light) {
    switch (light) {
    case journey::StatusLight::off: return supervisor::StatusLight::off;
    case journey::StatusLight::free: return supervisor::StatusLight::free;
    case journey::StatusLight::busy: return supervisor::StatusLight::busy;
    case journey::StatusLight::help: return supervisor::StatusLight::help;
    case journey::StatusLight::out: return supervisor::StatusLight::out;
    }
    return supervisor::StatusLight::out;
}

}  // namespace kiosk
