// A kiosk whose clock is wrong, or is set while it runs. Real TLS judges certificates by the real
// time, so there it is the certificates that are dated for another year.
#include "tests/kiosk/spooler/desk.hpp"
#include "tests/kiosk/spooler/pki.hpp"
#include "tests/kiosk/spooler/running.hpp"

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;
using Reason = Availability::Reason;

namespace {

struct Year {
    char const* name;
    CalendarTime wrong;
    // Of a receiver whose certificate such a clock takes for one of another time.
    fs::path server_key, server_certificate;
};

std::vector<Year> wrong_years() {
    return {{"1970", local_time(1970, 1, 1, 0, 1), pki().future_server_key,
             pki().future_server_certificate},
            {"five years ahead", local_time(2031, 6, 17, 9, 30), pki().expired_server_key,
             pki().expired_server_certificate}};
}

}  // namespace

TEST_CASE("with a wrong clock requests queue, nothing is sent, and all go out when it is right",
          "[clock_faults]") {
    for (auto const& year : wrong_years()) {
        CAPTURE(year.name);
        Desk desk;
        auto const port = desk.server->port();
        desk.server.reset();
        desk.server = std::make_unique<IntakeServer>(
            IntakeServer::Certificates{year.server_key, year.server_certificate, pki().authority},
            port);
        desk.clock.set_calendar(year.wrong);
        desk.open_day();
        std::vector<SealedRequest> recorded;
        for (int i = 0; i < 10; ++i)
            recorded.push_back(desk.enqueue());
        REQUIRE(desk.eventually([](json const& now) { return now["uplink"]["cause"] == "clock"; }));
        CHECK(desk.status()["reason"] == nullptr);
        CHECK(desk.server->requests().empty());

        // Somebody sets the clock. The day that was opened under the other one is over.
        desk.server.reset();
        desk.server = std::make_unique<IntakeServer>(
            IntakeServer::Certificates{pki().server_key, pki().server_certificate, pki().authority},
            port);
        desk.clock.set_calendar(local_time(2026, 6, 17, 9, 30));
        CHECK(desk.eventually([](json const& now) { return now["day"]["open"] == false; }));
        desk.open_day();
        recorded.push_back(desk.enqueue());
        REQUIRE(desk.ask(R"({"do":"retry_now"})")["ok"] == true);
        REQUIRE(desk.eventually(all_sent));
        for (auto const& request : recorded)
            CHECK(desk.state(request) == "receipted");
        CHECK(desk.server->stored() == recorded.size());
        CHECK(desk.status()["balance"]["balanced"] == true);
    }
}

TEST_CASE("a kiosk whose own certificate is out of its time is told so and sends nothing",
          "[clock_faults]") {
    Desk desk;
    desk.open_day();
    auto text = content_of(desk.configuration);
    for (auto const& [from, to] : {std::pair{pki().client_key, pki().expired_client_key},
                                   {pki().client_certificate, pki().expired_client_certificate}})
        text.replace(text.find(from.native()), from.native().size(), to.native());
    write(desk.configuration, text);
    desk.start();
    auto const request = desk.enqueue();
    REQUIRE(desk.eventually([](json const& now) { return now["uplink"]["cause"] == "clock"; }));
    CHECK(desk.server->requests().empty());
    CHECK(desk.state(request) == "ready");
}

TEST_CASE("setting the clock moves no wait", "[clock_faults]") {
    for (auto const& jump : {local_time(1970, 1, 1, 0, 1), local_time(2031, 6, 17, 9, 30),
                             local_time(2026, 6, 17, 7, 30)}) {
        Running running;
        running.open_day();
        running.enqueue();
        CHECK(running.deliver(Result::unreachable) == 1);
        CHECK(running.status().next_try == 2500ms);
        running.clock.set_calendar(jump);
        CHECK(running.status().next_try == 2500ms);
        running.advance(2499ms);
        CHECK(running.spooler->to_send().empty());
        running.advance(1ms);
        CHECK(running.spooler->to_send().size() == 1);
        // The log is emptied two seconds after the last write, and not in five years.
        running.advance(2s);
        CHECK(fs::file_size(running.folder.path() / "data" / "outbox.db-wal") == 0);
    }
}

TEST_CASE("through jumps of the clock every day stays balanced and every request is sent once",
          "[clock_faults]") {
    Running running;
    running.open_day();
    auto const calendars = {local_time(2026, 6, 17, 9, 30),  local_time(1970, 1, 1, 0, 1),
                            local_time(2031, 6, 17, 9, 30),  local_time(2026, 6, 17, 7, 30),
                            local_time(2026, 10, 25, 2, 30), local_time(2026, 6, 17, 12, 0)};
    std::vector<std::int64_t> sessions;
    std::vector<SealedRequest> recorded;
    std::set<std::string> days;
    for (auto const& calendar : calendars) {
        // With a session under way: it ends under another calendar than it began.
        running.clock.set_calendar(calendar);
        running.advance(1s);
        for (auto session : sessions) {
            recorded.push_back(running.enqueue());
            REQUIRE(running.spooler->session_ended(session, Outcome::recorded));
        }
        sessions.clear();
        running.open_day();
        for (int i = 0; i < 3; ++i) {
            auto const session = running.spooler->session_started(::getpid());
            REQUIRE(session);
            sessions.push_back(*session);
        }
        days.insert(running.status().today);
        CHECK(running.status().ledger.balanced());
        CHECK_FALSE(running.spooler->availability().reason);
    }
    for (auto session : sessions)
        REQUIRE(running.spooler->session_ended(session, Outcome::left));
    while (running.deliver(Result::delivered) > 0) {
    }
    CHECK(days.size() == 4);
    for (auto const& request : recorded)
        CHECK(running.spooler->find(request.id).value() == RequestState::receipted);
    auto const now = running.status();
    CHECK(now.balance.recorded == 15);
    CHECK(now.balance.balanced());
    std::int64_t started = 0;
    running.spooler.reset();
    auto database = database_in(running.folder / "data");
    TestClock const clock;
    Ledger ledger{database, clock};
    for (auto const& day : days) {
        CHECK(ledger.day(day)->balanced());
        started += ledger.day(day)->started;
    }
    CHECK(started == 18);
}

TEST_CASE("a day opened under a clock that was ahead does not last for years", "[clock_faults]") {
    Running running;
    running.clock.set_calendar(local_time(2031, 6, 17, 9, 30));
    running.open_day();
    CHECK(running.spooler->availability().day);
    running.clock.set_calendar(local_time(2026, 6, 17, 9, 30));
    CHECK_FALSE(running.spooler->availability().day);
    running.advance(1s);
    // Nor does it come back when that day comes.
    running.clock.set_calendar(local_time(2031, 6, 17, 9, 30));
    CHECK_FALSE(running.spooler->availability().day);
    // The control: an hour or two do not end it, and it ends at its hour on the wall.
    running.clock.set_calendar(local_time(2026, 6, 17, 9, 30));
    running.open_day();
    running.clock.set_calendar(local_time(2026, 6, 17, 7, 30));
    CHECK(running.spooler->availability().day);
    running.clock.set_calendar(local_time(2026, 6, 17, 19, 0));
    CHECK_FALSE(running.spooler->availability().day);
}

TEST_CASE("a clock that jumps ahead sends no patient away, as long as the spooler runs",
          "[clock_faults]") {
    Running running{"refuse_after_days = 30"};
    running.open_day();
    running.enqueue();
    running.clock.set_calendar(local_time(2031, 6, 17, 9, 30));
    running.advance(1min);
    running.open_day();
    CHECK_FALSE(running.spooler->availability().reason);
    running.enqueue();
    // Only the day is stored: what waits from before a start is as old as the calendar says.
    running.restart();
    CHECK(running.spooler->availability().reason == Reason::too_old);
    running.clock.set_calendar(local_time(2026, 6, 17, 9, 30));
    running.advance(5s);
    CHECK_FALSE(running.spooler->availability().reason);
    // Nor does a clock that was set back hide what has waited too long.
    Running slow{"refuse_after_days = 3"};
    slow.open_day();
    slow.enqueue();
    slow.advance(2 * 24h);
    slow.clock.set_calendar(local_time(1970, 1, 1, 0, 1));
    slow.advance(2 * 24h);
    CHECK(slow.spooler->availability().reason == Reason::too_old);
}
