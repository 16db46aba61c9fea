#include "kiosk/spooler/spooler.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;
using Reason = Availability::Reason;

namespace {

struct Running {
    TestClock clock;
    TemporaryFolder folder;
    double random = 0.5;
    std::optional<Spooler> spooler;

    explicit Running(std::string const& limits = "") {
        write_configuration(folder.path(), "https://intake.example.org", "19:00", limits);
        restart();
    }

    void restart() {
        spooler.reset();
        auto const settings = Settings::read(folder / "spooler.toml");
        REQUIRE(settings);
        auto opened = Spooler::open(*settings, clock, [this] { return random; });
        REQUIRE(opened);
        spooler.emplace(std::move(*opened));
    }
    void advance(std::chrono::milliseconds by) {
        clock.advance(by);
        spooler->tick();
    }
    void open_day() { REQUIRE(spooler->open_day("A1")); }
    SealedRequest enqueue() {
        auto request = sealed_request();
        REQUIRE(spooler->enqueue(request));
        return request;
    }
    // Takes what is to be sent and answers all of it the same way.
    std::size_t deliver(Result result, std::string const& detail = "", int status = 0,
                        std::optional<std::chrono::seconds> retry_after = std::nullopt) {
        auto const parcels = spooler->to_send();
        std::vector<Delivery> deliveries;
        for (auto const& parcel : parcels) {
            bool const stopped = !deliveries.empty() && deliveries.front().stops_queue();
            deliveries.push_back({.id = parcel.id,
                                  .result = stopped ? Result::not_sent : result,
                                  .receipt = "receipt",
                                  .status = status,
                                  .detail = detail,
                                  .retry_after = retry_after});
        }
        spooler->note(deliveries);
        return parcels.size();
    }
    Status status() {
        auto status = spooler->status();
        REQUIRE(status);
        return *status;
    }
};

template <class T>
Refusal why(Answer<T> const& answer) {
    REQUIRE_FALSE(answer);
    return answer.error().why;
}

}  // namespace

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

TEST_CASE("a failure stops the whole queue until its wait is over", "[spooler]") {
    Running running;
    running.open_day();
    running.enqueue();
    running.enqueue();
    CHECK(running.deliver(Result::unreachable, "no route") == 2);
    running.enqueue();  // wakes nothing while backing off
    CHECK(running.spooler->to_send().empty());
    auto status = running.status();
    CHECK(status.uplink == UplinkState::waiting);
    CHECK(status.next_try == 2500ms);
    CHECK(status.last_error == "no route");
    running.advance(2499ms);
    CHECK(running.spooler->to_send().empty());
    running.advance(1ms);
    CHECK(running.deliver(Result::delivered) == 3);
    status = running.status();
    CHECK(status.uplink == UplinkState::idle);
    CHECK(status.waiting.count == 0);
    CHECK(status.last_success == running.clock.calendar());
}

TEST_CASE("each failure doubles the wait and a success resets it", "[spooler]") {
    Running running;
    running.open_day();
    running.enqueue();
    for (auto wait : {2500ms, 5000ms, 10000ms, 20000ms}) {
        CHECK(running.deliver(Result::failed, "HTTP 500", 500) == 1);
        CHECK(running.status().next_try == wait);
        running.advance(wait);
    }
    CHECK(running.deliver(Result::delivered) == 1);
    running.enqueue();
    CHECK(running.deliver(Result::failed, "HTTP 500", 500) == 1);
    CHECK(running.status().next_try == 2500ms);
}

TEST_CASE("503 with Retry-After stops the queue for at least that long", "[spooler]") {
    Running running;
    running.open_day();
    for (int i = 0; i < 3; ++i)
        running.enqueue();
    running.random = 0.0;
    CHECK(running.deliver(Result::overloaded, "HTTP 503", 503, 120s) == 3);
    CHECK(running.status().next_try == 120s);
    running.advance(119s);
    CHECK(running.spooler->to_send().empty());
    running.advance(1s);
    CHECK(running.spooler->to_send().size() == 3);
}

TEST_CASE("a receiver that refuses this kiosk is not asked for a long while", "[spooler]") {
    Running running;
    running.open_day();
    running.enqueue();
    CHECK(running.deliver(Result::refused, "HTTP 403", 403) == 1);
    auto const status = running.status();
    CHECK(status.uplink == UplinkState::refused);
    CHECK(status.next_try >= 15min);
    CHECK(status.counts.parked == 0);
    CHECK(status.waiting.count == 1);
}

TEST_CASE("an unproven answer keeps the body, is counted and named", "[spooler]") {
    Running running;
    running.open_day();
    auto const request = running.enqueue();
    CHECK(running.deliver(Result::unproven, "HTTP 200 without a valid receipt", 200) == 1);
    auto const status = running.status();
    CHECK(status.uplink == UplinkState::captive);
    CHECK(status.unproven == 1);
    CHECK(status.last_error == "HTTP 200 without a valid receipt");
    running.advance(1h);
    auto const again = running.spooler->to_send();
    REQUIRE(again.size() == 1);
    CHECK(again.front().sealed == request.sealed);
}

TEST_CASE("staff who know better may have it sent at once", "[spooler]") {
    Running running;
    running.open_day();
    running.enqueue();
    for (int i = 0; i < 6; ++i) {
        running.deliver(Result::unreachable, "no route");
        running.advance(1h);
    }
    running.deliver(Result::unreachable, "no route");
    CHECK(running.spooler->to_send().empty());
    running.spooler->retry_now();
    CHECK(running.deliver(Result::unreachable, "no route") == 1);
    CHECK(running.status().next_try == 2500ms);
}

TEST_CASE("one request that always fails does not hold up the others", "[spooler]") {
    Running running;
    running.open_day();
    auto const poison = running.enqueue();
    for (int i = 0; i < 40; ++i)
        running.enqueue();
    // 32 at a time, oldest first: the first stops its batch.
    for (int round = 0; round < 10; ++round) {
        std::vector<Delivery> deliveries;
        bool stopped = false;
        for (auto const& parcel : running.spooler->to_send()) {
            bool const fails = parcel.id == poison.id;
            deliveries.push_back({parcel.id, stopped ? Result::not_sent
                                             : fails ? Result::failed
                                                     : Result::delivered});
            stopped = stopped || fails;
        }
        running.spooler->note(deliveries);
        running.advance(20min);
    }
    CHECK(running.status().waiting.count == 1);
    CHECK(running.status().counts.receipted == 40);
}

TEST_CASE("nothing new is taken when the queue is full, and again when there is room",
          "[spooler]") {
    Running running{"quota_mib = 2"};
    running.open_day();
    std::size_t recorded = 0;
    while (running.spooler->enqueue(sealed_request()) && recorded < 1000)
        ++recorded;
    CHECK(recorded > 50);
    CHECK(recorded < 200);
    CHECK(running.spooler->availability().reason == Reason::full);
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::full);
    CHECK(why(running.spooler->session_started(::getpid())) == Refusal::full);
    CHECK(running.status().percent_used >= 80);
    while (running.deliver(Result::delivered) > 0) {
    }
    CHECK_FALSE(running.spooler->availability().reason);
    CHECK(running.spooler->enqueue(sealed_request()));
    CHECK(running.status().counts.receipted == static_cast<std::int64_t>(recorded));
}

TEST_CASE("nothing new is taken when the oldest has waited too long", "[spooler]") {
    Running running{"warn_after_hours = 24\nrefuse_after_days = 3"};
    running.open_day();
    running.enqueue();
    running.advance(23h);
    CHECK_FALSE(running.status().waiting_too_long);
    running.advance(1h);
    CHECK(running.status().waiting_too_long);
    CHECK_FALSE(running.spooler->availability().reason);
    running.advance(2 * 24h);
    CHECK_FALSE(running.spooler->availability().reason);  // three days
    running.advance(24h);
    CHECK(running.spooler->availability().reason == Reason::too_old);
    running.open_day();
    CHECK(why(running.spooler->session_started(::getpid())) == Refusal::full);
    CHECK(running.deliver(Result::delivered) == 1);
    running.advance(5s);
    CHECK_FALSE(running.spooler->availability().reason);
    CHECK(running.spooler->session_started(::getpid()));
}

TEST_CASE("an idle spooler moves its log into the file", "[spooler]") {
    Running running;
    running.open_day();
    running.enqueue();
    auto const log = running.folder.path() / "data" / "outbox.db-wal";
    CHECK(fs::file_size(log) > 0);
    CHECK(running.spooler->until_next_tick() <= 2s);
    running.advance(2s);
    CHECK(fs::file_size(log) == 0);
    CHECK(running.spooler->until_next_tick() > 2s);
}

TEST_CASE("an id that may still be restored is not called unknown", "[spooler]") {
    Running running;
    running.open_day();
    std::vector<SealedRequest> requests;
    for (int i = 0; i < 100; ++i)
        requests.push_back(running.enqueue());
    running.spooler->finish();
    running.spooler.reset();
    auto const file = running.folder.path() / "data" / "outbox.db";
    auto content = content_of(file);
    content.replace(content.size() / 8192 * 4096, 4096, std::string(4096, '\x5A'));
    write(file, content);
    running.restart();
    CHECK(why(running.spooler->find(requests.back().id)) == Refusal::failed);
    CHECK(running.status().salvaging);
    while (running.spooler->has_background_work())
        running.spooler->background_step();
    CHECK(running.spooler->find(sealed_request().id).value() == std::nullopt);
    int lost = 0;
    for (auto const& request : requests)
        lost += *running.spooler->find(request.id) ? 0 : 1;
    CHECK(lost == running.status().losses.lost);
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
