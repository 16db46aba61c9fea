// Why this PC started, asked of the real firmware on an emulated board.
#include "kiosk/update/mains.hpp"

#include "drivers/supervisor/board.hpp"
#include "tests/catch.hpp"
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/board/bench_board.hpp"

using namespace supervisor;
using update::power_had_been_lost;

TEST_CASE("the board says whether the mains had been away, also to who asks second",
          "[update][live]") {
    fake::LiveBoard live{supervisor_setup()};
    live.ask([](fake::Board& board) { set_quiet(board); });
    REQUIRE(live.wait_until(
        [](fake::Board& board) { return board.output(lamp_red) == fake::Drive::high; }, 10s));
    CHECK(power_had_been_lost(live.port(), 0x11112222) == true);
    CHECK(power_had_been_lost(live.port(), 0x11112222) == true);
    REQUIRE(Board::open(live.port(), 0x11112222)->disarm(Leaving::restart));
    CHECK(power_had_been_lost(live.port(), 0x33334444) == false);
    CHECK(power_had_been_lost(live.port(), 0x33334444) == false);
}

TEST_CASE("without a board nothing is known", "[update]") {
    CHECK_FALSE(power_had_been_lost("/nowhere/ttyUSB0", 1));
}
