#include "kiosk/spooler/opening.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

using namespace spooler;
using namespace spooler_test;

namespace {

struct Opened {
    TestClock clock;
    TemporaryFolder folder;
    std::optional<Database> database;
    std::optional<Opening> opening;

    Opened() { restart(); }

    void restart() {
        opening.reset();
        database.reset();
        database.emplace(database_in(folder.path(), 1000));
        opening = Opening::open(*database, clock, ClosingHour::parse("19:00").value()).value();
    }
};

}  // namespace

TEST_CASE("the day is open from its opening to the closing hour", "[opening]") {
    Opened opened;
    CHECK_FALSE(opened.opening->current());
    auto const day = opened.opening->begin("A1");
    REQUIRE(day);
    CHECK(day->opened_at == opened.clock.calendar());
    CHECK(day->closes_at == local_time(2026, 6, 17, 19, 0));
    opened.clock.set_calendar(local_time(2026, 6, 17, 18, 59));
    CHECK_FALSE(opened.opening->end_if_due().value());
    CHECK(opened.opening->current());
    opened.clock.set_calendar(local_time(2026, 6, 17, 19, 0));
    CHECK_FALSE(opened.opening->current());
    CHECK(opened.opening->end_if_due().value());
    CHECK_FALSE(opened.opening->end_if_due().value());
}

TEST_CASE("an opening survives a restart, but not its closing hour", "[opening]") {
    Opened opened;
    auto const day = opened.opening->begin("A1").value();
    opened.restart();
    CHECK(opened.opening->current() == day);
    opened.clock.set_calendar(local_time(2026, 6, 18, 8, 0));  // switched off overnight
    opened.restart();
    CHECK_FALSE(opened.opening->current());
    CHECK(opened.opening->end_if_due().value());
    opened.clock.set_calendar(local_time(2026, 6, 17, 10, 0));
    opened.restart();
    CHECK_FALSE(opened.opening->current());  // what ended does not come back with the clock
}

TEST_CASE("another author replaces the one before", "[opening]") {
    Opened opened;
    REQUIRE(opened.opening->begin("A1"));
    opened.clock.advance(1h);
    REQUIRE(opened.opening->begin("A2"));
    opened.restart();
    CHECK(opened.opening->current()->author == "A2");
    CHECK(opened.database->number("SELECT count(*) FROM opening").value() == 1);
}

TEST_CASE("a day that was closed stays closed over a restart", "[opening]") {
    Opened opened;
    REQUIRE(opened.opening->begin("A1"));
    REQUIRE(opened.opening->end());
    CHECK_FALSE(opened.opening->current());
    opened.restart();
    CHECK_FALSE(opened.opening->current());
}

TEST_CASE("opened after the closing hour the day lasts until the next one", "[opening]") {
    Opened opened;
    opened.clock.set_calendar(local_time(2026, 6, 17, 19, 30));
    CHECK(opened.opening->begin("A1")->closes_at == local_time(2026, 6, 18, 19, 0));
}
