// When the queue is sent, and what each answer of the receiver does to it.
#include "tests/kiosk/spooler/running.hpp"

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;

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
