#include "kiosk/update/mains.hpp"

#include "drivers/supervisor/board.hpp"

#include <algorithm>

namespace update {
namespace {

using namespace supervisor;

// More than can come between a start of the PC and this question.
constexpr std::uint32_t recent_events = 16;

std::optional<bool> is_loss(PcStart start) {
    switch (start) {
    case PcStart::power_returned: return true;
    case PcStart::cut_for_silence:
    case PcStart::cut_while_starting:
    case PcStart::cut_requested:
    case PcStart::restarted:
    case PcStart::updated:
    case PcStart::unannounced: return false;
    case PcStart::unknown:
    case PcStart::same: break;
    }
    return std::nullopt;
}

}  // namespace

std::optional<bool> power_had_been_lost(std::filesystem::path const& port,
                                        std::uint32_t boot_id) {
    auto board = Board::open(port, boot_id);
    if (!board || !board->speaks_our_protocol()) return std::nullopt;
    auto const& greeting = board->greeting();
    if (greeting.pc_start != PcStart::same) return is_loss(greeting.pc_start);
    // Another program of this start spoke with it before: what it was told is in the memory.
    auto const first = greeting.next_event > recent_events ? greeting.next_event - recent_events : 1;
    auto const events = board->events(first);
    if (!events) return std::nullopt;
    auto const start = std::ranges::find_if(events->rbegin(), events->rend(), [&](auto const& one) {
        return one.happened == Happened::pc_started;
    });
    if (start == events->rend() || start->value != static_cast<std::uint16_t>(boot_id))
        return std::nullopt;
    return is_loss(static_cast<PcStart>(start->detail));
}

}  // namespace update
