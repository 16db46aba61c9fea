// The reader that is lost, and what is tried to get it back.
#include "kiosk/app.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {

void App::handle(workers::ReaderReady const&) {
    levels_.reader = true;
    if (auto const rung = ladder_.rung()) {
        auto const away =
            std::chrono::floor<std::chrono::seconds>(clock_.now() - ladder_.lost_at());
        spdlog::warn("reader: back after {} s, at the rung: {}", away.count(),
                     journey::name(*rung));
        ladder_.ready();
    }
    spdlog::info("reader: ready");
    settle();
}

void App::handle(workers::ReaderLost const& lost) {
    left_in_ = card_ && journey::phase(journey_.state()) == journey::Phase::farewell;
    levels_.reader = false;
    card_.reset();
    card_forgotten_ = false;
    content_expected_.reset();
    journey_.card_present(false, clock_.now());
    reader_trouble_ = journey::trouble_of(lost.error.code);
    spdlog::warn("reader: {}", base::describe(lost.error));
    ladder_.lost(lost.error.code == base::Errc::reader_hung, means(), clock_.now());
    climb();
    settle();
}

void App::handle(workers::ReaderPowerCycled const& cycled) {
    if (cycled.done) return spdlog::info("reader: its power was off and is back");
    ladder_.power_not_cycled(clock_.now());
    climb();
}

void App::handle(workers::OtherReaderUsed const& other) {
    spdlog::warn("reader: a card in another reader is ignored: {}", other.reader);
}

journey::ReaderLadder::Means App::means() const {
    return {.board = levels_.board == true, .service = !settings_.restart_request.empty()};
}

// Does what the rung just entered is for.
void App::climb() {
    auto const entered = ladder_.take_entered();
    if (!entered) return;
    spdlog::warn("reader: next rung: {}", journey::name(*entered));
    switch (*entered) {
    case journey::Rung::power_cycle: return hands_.cycle_reader_power();
    case journey::Rung::pcscd_restart: return hands_.restart_pcscd();
    case journey::Rung::reopening:
    case journey::Rung::out_of_service: return;
    }
}

}  // namespace kiosk
