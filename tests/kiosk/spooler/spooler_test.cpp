#include "kiosk/spooler/spooler.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "tests/kiosk/spooler/running.hpp"

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;

TEST_CASE("nothing is taken before somebody opened the day", "[spooler]") {
    Running running;
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::closed);
    CHECK(why(running.spooler->session_started(::getpid())) == Refusal::closed);
    CHECK(why(running.spooler->open_day("A3")) == Refusal::unknown_author);
    running.open_day();
    CHECK(running.spooler->enqueue(sealed_request()));
    REQUIRE(running.spooler->close_day());
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::closed);
}

TEST_CASE("a session that began before the closing hour may still be recorded", "[spooler]") {
    Running running;
    running.open_day();
    auto const session = running.spooler->session_started(::getpid());
    REQUIRE(session);
    running.clock.set_calendar(local_time(2026, 6, 17, 19, 1));
    running.spooler->tick();
    CHECK_FALSE(running.spooler->availability().day);
    auto const request = sealed_request();
    CHECK(running.spooler->enqueue(request));
    REQUIRE(running.spooler->session_ended(*session, Outcome::recorded));
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::closed);
    // And who asks again about what was recorded is told so.
    CHECK(running.spooler->enqueue(request).value() == Outbox::Enqueued::before);
}

TEST_CASE("the day ends at the closing hour without being asked", "[spooler]") {
    Running running;
    running.open_day();
    CHECK(running.spooler->availability().day->author == "A1");
    running.clock.set_calendar(local_time(2026, 6, 17, 18, 59));
    CHECK(running.spooler->until_next_tick() <= 60s);
    running.clock.set_calendar(local_time(2026, 6, 17, 19, 0));
    CHECK_FALSE(running.spooler->availability().day);
    running.spooler->tick();
    running.restart();
    CHECK_FALSE(running.spooler->availability().day);
}

TEST_CASE("the day of an author who is no longer in the list is closed at the start", "[spooler]") {
    Running running;
    running.open_day();
    running.restart();
    CHECK(running.spooler->availability().day);
    auto authors = content_of(running.folder / "authors.toml");
    auto const listed = authors.find("A1");
    REQUIRE(listed != std::string::npos);
    authors[listed + 1] = '9';
    write(running.folder / "authors.toml", authors);
    running.restart();
    CHECK_FALSE(running.spooler->availability().day);
}

TEST_CASE("a session of a kiosk that is gone was interrupted", "[spooler]") {
    Running running;
    running.open_day();
    REQUIRE(running.spooler->session_started(::getpid()));
    // A number that no process has: beyond the largest the kernel gives.
    REQUIRE(running.spooler->session_started(0x3FFFFFFF));
    auto const ledger = running.status().ledger;
    CHECK(ledger.started == 2);
    CHECK(ledger.running == 1);
    CHECK(ledger.count(Outcome::interrupted) == 1);
    CHECK(ledger.balanced());
}

TEST_CASE("the requests of a day are in its balance", "[spooler]") {
    Running running;
    running.open_day();
    for (int i = 0; i < 5; ++i) {
        auto const session = running.spooler->session_started(::getpid());
        REQUIRE(session);
        running.enqueue();
        REQUIRE(running.spooler->session_ended(*session, Outcome::recorded));
    }
    auto parcels = running.spooler->to_send();
    REQUIRE(parcels.size() == 5);
    running.spooler->note({{parcels[0].id, Result::delivered, "receipt", 201},
                           {parcels[1].id, Result::delivered, "receipt", 200},
                           {parcels[2].id, Result::conflict, "", 409, "HTTP 409"},
                           {parcels[3].id, Result::rejected, "", 422, "HTTP 422"},
                           {parcels[4].id, Result::not_sent}});
    auto const status = running.status();
    CHECK(status.counts.receipted == 2);
    CHECK(status.receipted_today == 2);
    CHECK(status.counts.parked == 2);
    CHECK(status.conflicts == 1);
    CHECK(status.waiting.count == 1);
    CHECK(status.ledger.balanced());
    CHECK(status.ledger.count(Outcome::recorded) == status.requests_of_today.all());
}

TEST_CASE("what was handed to the uplink is not cancelled, also after a restart", "[spooler]") {
    Running running;
    REQUIRE(running.spooler->open_day("A1"));
    auto const request = sealed_request();
    REQUIRE(running.spooler->enqueue(request));
    REQUIRE(running.spooler->to_send().size() == 1);
    running.restart();  // nobody knows whether it arrived
    auto const answer = running.spooler->withdraw(crypto::reference_number(request.id));
    REQUIRE(answer);
    CHECK(answer->result == Withdrawal::Result::may_have_left);
    CHECK(running.spooler->find(request.id).value() == RequestState::ready);
}

TEST_CASE("five wrong references close the door for a minute", "[spooler]") {
    Running running;
    REQUIRE(running.spooler->open_day("A1"));
    auto const request = sealed_request();
    REQUIRE(running.spooler->enqueue(request));
    auto const right = crypto::reference_number(request.id);
    for (int i = 0; i < 5; ++i) {
        auto const wrong = i % 2 == 0 ? crypto::reference_number(sealed_request().id)
                                      : std::string{"no reference"};
        CHECK(running.spooler->withdraw(wrong)->result == Withdrawal::Result::unknown);
    }
    auto const refused = running.spooler->withdraw(right);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().why == Refusal::wait);
    running.advance(61s);
    CHECK(running.spooler->withdraw(right)->result == Withdrawal::Result::cancelled);
}
