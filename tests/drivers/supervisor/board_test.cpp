#include "drivers/supervisor/board.hpp"

#include "tests/catch.hpp"
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/board/bench_board.hpp"

#include <algorithm>

using namespace supervisor;
using base::Errc;

namespace {

constexpr std::uint32_t boot_id = 0x12345678;

template <class Value>
Value good(base::Result<Value> result) {
    if (!result) FAIL(base::describe(result.error()));
    return std::move(*result);
}
void good(base::Result<void> const& result) {
    if (!result) FAIL(base::describe(result.error()));
}

// The real firmware on a line that this machine has.
struct Desk {
    fake::LiveBoard live{supervisor_setup()};

    Desk() {
        live.ask([](fake::Board& board) { set_quiet(board); });
        // The loader listens first; then the lamp says that the supervisor runs.
        REQUIRE(live.wait_until(
            [](fake::Board& board) { return board.output(lamp_red) == fake::Drive::high; }, 10s));
    }

    Board open() { return good(Board::open(live.port(), boot_id)); }
    void drive(fake::Pin pin, bool high) {
        live.ask([=](fake::Board& board) { board.drive(pin, high); });
    }
};

}  // namespace

TEST_CASE("the board greets, watches and tells its status over a serial line",
          "[supervisor][live]") {
    Desk desk;
    {
        auto board = desk.open();
        CHECK(board.speaks_our_protocol());
        CHECK(board.greeting().reset == BoardReset::power_on);
        CHECK(board.greeting().pc_start == PcStart::power_returned);
        good(board.arm());
        CHECK(good(board.beat()).power == PowerState::watched);
        CHECK(std::abs(good(board.status()).supply - 12'000) < 60);
        good(board.disarm(Leaving::restart));
        CHECK(good(board.status()).power == PowerState::unwatched);
    }
    // A program that comes after is the same start of the PC.
    CHECK(desk.open().greeting().pc_start == PcStart::same);
}

TEST_CASE("lights, backlight, counters and events go over the line", "[supervisor][live]") {
    Desk desk;
    auto board = desk.open();
    good(board.show(SlotLight::steady, StatusLight::free));
    good(board.dim(40));
    auto const status = good(board.status());
    CHECK(status.slot_light == SlotLight::steady);
    CHECK(status.status_light == StatusLight::free);
    CHECK(status.backlight == 40);
    CHECK(board.dim(140).error().code == Errc::refused);
    desk.drive(door, true);
    while (good(board.counters())[static_cast<std::size_t>(Counter::door_opened)] == 0)
        good(board.listen(20ms));
    CHECK(good(board.counters())[static_cast<std::size_t>(Counter::power_on)] == 1);
    CHECK(std::ranges::any_of(board.take_notices(), [](auto const& notice) {
        return notice.type == static_cast<std::uint8_t>(Notice::inputs);
    }));
    std::vector<EventRecord> events;
    while (events.empty() || events.back().happened != Happened::door) {
        good(board.listen(20ms));
        events = good(board.events());
    }
    CHECK(events.front().happened == Happened::board_started);
    CHECK(good(board.events(events.back().sequence)).size() == 1);
    CHECK(board.clear_fault());  // there is none
}

TEST_CASE("a board without power is no answer, and one that comes back wants a hello",
          "[supervisor][live]") {
    Desk desk;
    auto board = desk.open();
    desk.live.ask([](fake::Board& cut) { cut.cut_power(); });
    CHECK(board.beat().error().code == Errc::timed_out);
    CHECK(Board::open("/nonexistent/port", 1).error().code == Errc::connection_lost);
    desk.live.ask([](fake::Board& back) { back.give_power(); });
    auto refused = board.beat();
    while (!refused && refused.error().code == Errc::timed_out)
        refused = board.beat();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::refused);
    CHECK(refused.error().detail.find("hello") != std::string::npos);
    good(board.greet());
    good(board.beat());
}

TEST_CASE("one program at a time speaks with the board", "[supervisor][live]") {
    Desk desk;
    auto const board = desk.open();
    CHECK(Board::open(desk.live.port(), 1).error().code == Errc::conflict);
}
