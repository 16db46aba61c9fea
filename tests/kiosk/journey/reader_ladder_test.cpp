#include "kiosk/journey/reader_ladder.hpp"

#include "tests/catch.hpp"

#include <utility>
#include <vector>

using namespace std::chrono_literals;
using journey::ReaderLadder;
using journey::Rung;
using journey::Time;

namespace {

constexpr ReaderLadder::Means everything{.board = true, .service = true};
constexpr ReaderLadder::Means no_board{.board = false, .service = true};
constexpr ReaderLadder::Means nothing{};

using Climbed = std::vector<std::pair<Time, Rung>>;

// Every rung entered until then, with the time.
Climbed climb(ReaderLadder& ladder, ReaderLadder::Means means, Time until) {
    Climbed climbed;
    Time now = ladder.lost_at();
    for (;;) {
        if (auto const rung = ladder.take_entered()) climbed.emplace_back(now, *rung);
        auto const due = ladder.deadline(now);
        if (!due || *due > until) return climbed;
        REQUIRE(*due > now);
        now = *due;
        ladder.tick(means, now);
    }
}

}  // namespace

TEST_CASE("a lost reader climbs rung after rung to out of service") {
    ReaderLadder ladder;
    ladder.lost(false, everything, 100s);
    CHECK(climb(ladder, everything, 143s) == Climbed{{100s, Rung::reopening},
                                                     {108s, Rung::power_cycle},
                                                     {128s, Rung::pcscd_restart},
                                                     {143s, Rung::out_of_service}});
}

TEST_CASE("out of service is tried again every ten minutes, from the power on") {
    ReaderLadder ladder;
    ladder.lost(false, everything, 0s);
    auto const climbed = climb(ladder, everything, 12min);
    REQUIRE(climbed.size() == 7);
    CHECK(climbed[4] == std::pair{Time{643s}, Rung::power_cycle});
    CHECK(climbed[5].second == Rung::pcscd_restart);
    CHECK(climbed[6].second == Rung::out_of_service);
}

TEST_CASE("what cannot be done here is left out") {
    ReaderLadder ladder;
    ladder.lost(false, no_board, 0s);
    CHECK(climb(ladder, no_board, 60s) ==
          Climbed{{0s, Rung::reopening}, {8s, Rung::pcscd_restart}, {23s, Rung::out_of_service}});
    ReaderLadder alone;
    bool const hung = GENERATE(false, true);
    alone.lost(hung, nothing, 0s);
    CHECK(climb(alone, nothing, 60s) == Climbed{{0s, Rung::reopening}, {8s, Rung::out_of_service}});
}

TEST_CASE("a worker that hangs reopens nothing: the next rung comes at once") {
    ReaderLadder ladder;
    SECTION("from the beginning") { ladder.lost(true, everything, 5s); }
    SECTION("after some tries") {
        ladder.lost(false, everything, 0s);
        ladder.lost(true, everything, 5s);
    }
    CHECK(ladder.rung() == Rung::power_cycle);
    CHECK(ladder.take_entered() == Rung::power_cycle);
    // What else is said of it meanwhile begins nothing anew.
    ladder.lost(true, everything, 10s);
    ladder.lost(false, everything, 11s);
    CHECK_FALSE(ladder.take_entered());
    ladder.tick(everything, 25s);
    CHECK(ladder.rung() == Rung::pcscd_restart);
}

TEST_CASE("a board that does not switch the power is not waited for") {
    ReaderLadder ladder;
    ladder.lost(true, everything, 0s);
    ladder.power_not_cycled(1s);
    CHECK(ladder.rung() == Rung::pcscd_restart);
    ladder.power_not_cycled(2s);  // too late to matter
    CHECK(ladder.rung() == Rung::pcscd_restart);
}

TEST_CASE("a reader that is back ends it, and the next loss begins below") {
    ReaderLadder ladder;
    ladder.lost(true, everything, 0s);
    ladder.ready();
    CHECK_FALSE(ladder.rung());
    CHECK_FALSE(ladder.deadline(1s));
    ladder.lost(false, everything, 60s);
    CHECK(ladder.rung() == Rung::reopening);
    CHECK(ladder.lost_at() == Time{60s});
}

TEST_CASE("what is left is shown in steps of five seconds, never less than one step") {
    ReaderLadder ladder;
    ladder.lost(true, no_board, 0s);
    CHECK(ladder.left(0s) == 15s);
    CHECK(ladder.left(1ms) == 15s);
    CHECK(ladder.deadline(1ms) == Time{5s});
    CHECK(ladder.left(5s) == 10s);
    CHECK(ladder.left(14'999ms) == 5s);
    CHECK(ladder.left(16s) == 5s);  // until somebody ticks
    ladder.tick(no_board, 16s);
    CHECK(ladder.rung() == Rung::out_of_service);
    CHECK_FALSE(ladder.left(16s));
}
