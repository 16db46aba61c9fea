#include "tests/firmware/board/memory_cuts.hpp"

#include "tests/firmware/board/bench_board.hpp"

#include <algorithm>

namespace supervisor_tests {
namespace {

using namespace supervisor;
using Events = std::vector<EventRecord>;

constexpr std::uint32_t most_events = 218;

void settle(BenchBoard& board) {
    auto writes = board.eeprom_writes();
    // A record is on its way as long as there is a write in four ticks.
    while (board.run_until([&] { return board.eeprom_writes() != writes; }, 40ms))
        writes = board.eeprom_writes();
}

void open_and_close(BenchBoard& board) {
    for (bool const open : {true, false}) {
        board.drive(door, open);
        board.run_for(100ms);
        settle(board);
    }
}

Events events_of(BenchBoard& board) {
    Events events;
    for (std::uint32_t first = 1;;) {
        auto const byte = [&](int i) { return static_cast<std::uint8_t>(first >> 8 * i); };
        auto const answer = board.ask(Request::events, {byte(0), byte(1), byte(2), byte(3)});
        demand(answer.has_value());
        PayloadReader in{*answer};
        int const count = in.u8();
        if (count == 0) return events;
        for (int i = 0; i < count; ++i)
            events.push_back(read_event(in));
        first = events.back().sequence + 1;
    }
}

bool same(EventRecord const& a, EventRecord const& b) {
    return a.sequence == b.sequence && a.uptime == b.uptime && a.power_on == b.power_on &&
           a.happened == b.happened && a.detail == b.detail && a.value == b.value;
}

// What the board knew just before the door was opened.
struct Known {
    std::uint32_t power_ons;
    std::uint32_t openings;
    Events events;
};

// Empty when every promise is kept.
std::string broken_promise(BenchBoard& board, Known const& known) {
    auto const openings = board.counter(Counter::door_opened);
    if (openings != known.openings && openings != known.openings + 1)
        return "openings: " + std::to_string(openings);
    if (board.counter(Counter::power_on) != known.power_ons + 1) return "starts are not counted on";
    auto const now = events_of(board);
    auto const oldest =
        now.back().sequence + 1 > most_events ? now.back().sequence + 1 - most_events : 1;
    for (auto const& event : known.events) {
        if (event.sequence < oldest) continue;
        auto const found = std::ranges::find(now, event.sequence, &EventRecord::sequence);
        if (found == now.end()) return "lost event " + std::to_string(event.sequence);
        if (!same(*found, event)) return "another event " + std::to_string(event.sequence);
    }
    for (auto const& event : now)
        if (event.sequence > known.events.back().sequence && event.happened != Happened::door &&
            event.happened != Happened::board_started && event.happened != Happened::pc_started)
            return "an event that never was";
    if (!board.complaints().empty()) return board.complaints().front();
    return {};
}

struct Begun {
    BenchBoard board;
    Known known;
    std::int64_t writes;  // until then

    Begun(base::Bytes const& memory, std::uint32_t seed)
        : board(seed, BenchBoard::Loader::has_run) {
        board.set_eeprom(memory);
        board.begin();
        board.hello();
        settle(board);
        known = {board.counter(Counter::power_on), board.counter(Counter::door_opened),
                 events_of(board)};
        writes = board.eeprom_writes();
    }
};

base::Bytes memory_after(int openings, std::uint32_t seed) {
    BenchBoard board{seed, BenchBoard::Loader::has_run};
    board.begin();
    for (int i = 0; i < openings; ++i)
        open_and_close(board);
    return board.eeprom();
}

}  // namespace

MemoryOutcome cut_power_at_each_byte(MemoryCuts const& cuts) {
    MemoryOutcome outcome;
    auto seed = cuts.seed;
    for (int const openings : cuts.openings_before) {
        auto const memory = memory_after(openings, seed);
        for (auto const fate : fake::every_fate)
            for (int at = 1;; at += cuts.every) {
                Begun begun{memory, ++seed};
                auto& board = begun.board;
                board.drive(door, true);
                bool const written = board.run_until(
                    [&] {
                        return board.eeprom_writes() == begun.writes + at && board.eeprom_write();
                    },
                    3s);
                if (!written) break;
                board.drive(door, false);
                board.lose_power(fate);
                board.hello();
                settle(board);
                ++outcome.cuts;
                auto const broken = broken_promise(board, begun.known);
                if (!broken.empty())
                    outcome.broken.push_back(
                        std::to_string(openings) + " openings, byte " + std::to_string(at) +
                        ", fate " + std::to_string(static_cast<int>(fate)) + ": " + broken);
            }
    }
    return outcome;
}

}  // namespace supervisor_tests
