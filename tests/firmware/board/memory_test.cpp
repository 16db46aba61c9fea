// What the board remembers when its power goes in the middle of writing it down.
#include "tests/firmware/board/memory_cuts.hpp"

#include "tests/catch.hpp"
#include "tests/fakes/board/board.hpp"

using namespace supervisor_tests;
using namespace std::chrono_literals;

namespace {

// The number that the board says next.
int hear(fake::Board& board) {
    REQUIRE(board.run_until([&] { return !board.received().empty(); }, 1s));
    return board.take_received().front();
}

struct Lost {
    int cuts = 0;
    int lost = 0;
};

// How many numbers said to be safe were gone after a cut, of all cuts at each byte with each fate.
Lost lost_by(std::string const& image) {
    Lost outcome;
    std::uint32_t seed = 1;
    for (auto const fate : fake::every_fate)
        for (int at = 1;; ++at) {
            fake::Board board{{.images = {image}, .seed = ++seed}};
            REQUIRE(hear(board) == 0);
            for (std::uint8_t number = 1; number <= 3; ++number) {
                board.send(base::Bytes{number});
                REQUIRE(hear(board) == number);
            }
            auto const before = board.eeprom_writes();
            board.send(base::Bytes{4});
            auto const in_flight = [&] {
                return board.eeprom_writes() == before + at && board.eeprom_write();
            };
            if (!board.run_until(in_flight, 200ms)) break;  // all of the record is written
            ++outcome.cuts;
            board.cut_power(fate);
            board.give_power();
            outcome.lost += hear(board) < 3 ? 1 : 0;
            CHECK(board.complaints().empty());
        }
    return outcome;
}

}  // namespace

TEST_CASE("a number that was safe is there after a power cut at any byte of the next one",
          "[memory]") {
    auto const kept = lost_by(RING_OF_EIGHT);
    CHECK(kept.cuts >= 40);
    CHECK(kept.lost == 0);
}

TEST_CASE("control: with one slot the same cuts lose it", "[memory]") {
    auto const kept = lost_by(RING_OF_ONE);
    CHECK(kept.lost > kept.cuts / 2);
}

TEST_CASE("no power cut at any byte takes back what the supervisor counted and noted", "[memory]") {
    auto const outcome = cut_power_at_each_byte({});
    CHECK(outcome.cuts > 100);
    for (auto const& what : outcome.broken)
        FAIL_CHECK(what);
}
