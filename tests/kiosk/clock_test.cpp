#include "kiosk/clock.hpp"

#include "tests/catch.hpp"

using namespace std::chrono_literals;
using kiosk::Clock;

TEST_CASE("a frozen clock stands, and goes on from there") {
    Clock clock;
    clock.freeze(true);
    auto const then = clock.now();
    CHECK(clock.now() == then);
    clock.advance(90s);
    CHECK(clock.now() == then + 90s);
    clock.freeze(false);
    CHECK(clock.now() >= then + 90s);
    CHECK(clock.now() < then + 100s);
}

TEST_CASE("the calendar is the system's until a day is set") {
    Clock clock;
    auto const off = clock.calendar() - std::chrono::system_clock::now();
    CHECK(std::chrono::abs(off) < 10s);
    auto const day = std::chrono::year{2019} / 6 / 17;
    clock.set_day(day);
    CHECK(std::chrono::floor<std::chrono::days>(clock.calendar()) == std::chrono::sys_days{day});
}

TEST_CASE("trust is what a test says, or what the kernel knows") {
    Clock clock;
    clock.set_trusted(true);
    CHECK(clock.trusted());
    clock.set_trusted(false);
    CHECK_FALSE(clock.trusted());
}
