#include "kiosk/spooler/calendar.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

using namespace spooler;
using spooler_test::local_time;

TEST_CASE("the closing hour is the next one on the wall", "[calendar]") {
    auto const closing = ClosingHour::parse("19:00");
    REQUIRE(closing);
    CHECK(closing->next_after(local_time(2026, 6, 17, 9, 0)) == local_time(2026, 6, 17, 19, 0));
    CHECK(closing->next_after(local_time(2026, 6, 17, 19, 0)) == local_time(2026, 6, 18, 19, 0));
    CHECK(closing->next_after(local_time(2026, 12, 31, 20, 0)) == local_time(2027, 1, 1, 19, 0));
}

TEST_CASE("the closing hour stays on the wall when the season changes", "[calendar]") {
    auto const closing = ClosingHour::parse("19:00");
    REQUIRE(closing);
    auto const evening = local_time(2026, 10, 24, 20, 0);  // clocks go back that night
    auto const next = closing->next_after(evening);
    CHECK(timestamp(next) == "2026-10-25T19:00:00+01:00");
    CHECK(next - evening == std::chrono::hours{24});
}

TEST_CASE("only an hour of the day is a closing hour", "[calendar]") {
    for (auto text : {"00:00", "23:59", "07:05"})
        CHECK(ClosingHour::parse(text));
    for (auto text : {"", "24:00", "19:60", "7:00", "19h00", "19:00 ", "-1:00", "+9:00"})
        CHECK_FALSE(ClosingHour::parse(text));
}

TEST_CASE("a day is the local one", "[calendar]") {
    CHECK(day_of(local_time(2026, 6, 17, 0, 30)) == "2026-06-17");
    CHECK(day_of(local_time(2026, 6, 17, 23, 59)) == "2026-06-17");
    CHECK(day_before(local_time(2026, 3, 30, 0, 30), 2) == "2026-03-28");  // over the change
    CHECK(day_before(local_time(2026, 1, 1, 12, 0), 90) == "2025-10-03");
    CHECK(start_of("2026-06-17") == local_time(2026, 6, 17, 0, 0));
    for (auto text : {"", "2026-02-30", "2026-6-17", "17/06/2026", "2026-06-17x"})
        CHECK_FALSE(start_of(text));
}
