#include "kiosk/spooler/ledger.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <random>

using namespace spooler;
using namespace spooler_test;
using base::Errc;

namespace {

struct Opened {
    TestClock clock;
    TemporaryFolder folder;
    Database database = database_in(folder.path(), 1000);
    Ledger ledger{database, clock};

    DayLedger today() { return ledger.day(day_of(clock.calendar())).value(); }
};

}  // namespace

TEST_CASE("every session is in the balance of its day, however it ended", "[ledger]") {
    Opened opened;
    std::mt19937 random{7};
    std::vector<std::int64_t> running;
    for (int i = 0; i < 80; ++i) {
        if (running.empty() || random() % 2 == 0) {
            running.push_back(opened.ledger.started().value());
        } else {
            auto const outcome = outcomes[random() % outcomes.size()];
            REQUIRE(opened.ledger.ended(running.back(), outcome));
            running.pop_back();
        }
        auto const day = opened.today();
        CHECK(day.balanced());
        CHECK(day.running == static_cast<std::int64_t>(running.size()));
    }
    CHECK(opened.today().started > 20);
}

TEST_CASE("a ledger that lost an outcome is not balanced", "[ledger]") {
    Opened opened;
    REQUIRE(opened.ledger.ended(opened.ledger.started().value(), Outcome::left));
    CHECK(opened.today().balanced());
    REQUIRE(opened.database.run("DELETE FROM ledger WHERE outcome = 'left'"));
    CHECK_FALSE(opened.today().balanced());
}

TEST_CASE("a session ends once", "[ledger]") {
    Opened opened;
    auto const session = opened.ledger.started().value();
    REQUIRE(opened.ledger.ended(session, Outcome::recorded));
    CHECK(opened.ledger.ended(session, Outcome::left).error().code == Errc::conflict);
    CHECK(opened.ledger.ended(999, Outcome::left).error().code == Errc::conflict);
    CHECK(opened.today().count(Outcome::recorded) == 1);
    CHECK(opened.today().count(Outcome::left) == 0);
}

TEST_CASE("the number of a session is never used again", "[ledger]") {
    Opened opened;
    auto const first = opened.ledger.started().value();
    REQUIRE(opened.ledger.ended(first, Outcome::left));
    CHECK(opened.ledger.started().value() > first);
}

TEST_CASE("sessions that a power cut left open become interrupted", "[ledger]") {
    Opened opened;
    static_cast<void>(opened.ledger.started().value());
    auto const ended = opened.ledger.started().value();
    REQUIRE(opened.ledger.ended(ended, Outcome::recorded));
    Ledger again{opened.database, opened.clock};
    REQUIRE(again.interrupt_up_to(again.last_running().value()));
    auto const day = opened.today();
    CHECK(day.started == 2);
    CHECK(day.count(Outcome::recorded) == 1);
    CHECK(day.count(Outcome::interrupted) == 1);
    CHECK(day.running == 0);
    CHECK(day.balanced());
}

TEST_CASE("a session over midnight counts on the day it started", "[ledger]") {
    Opened opened;
    opened.clock.set_calendar(local_time(2026, 6, 17, 23, 59));
    auto const session = opened.ledger.started().value();
    opened.clock.set_calendar(local_time(2026, 6, 18, 0, 1));
    REQUIRE(opened.ledger.ended(session, Outcome::recorded));
    CHECK(opened.today().started == 0);
    CHECK(opened.ledger.day("2026-06-17")->count(Outcome::recorded) == 1);
    CHECK(opened.ledger.day("2026-06-17")->balanced());
}
