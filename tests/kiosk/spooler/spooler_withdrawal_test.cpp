// Which waiting requests a person can still have erased, and what follows those that left.
#include "kiosk/crypto/reference_number.hpp"
#include "tests/kiosk/spooler/running.hpp"

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;
using Withdrawn = Withdrawal::Result;

namespace {

Withdrawn withdraw(Running& running, SealedRequest const& request) {
    auto const answer = running.spooler->withdraw(crypto::reference_number(request.id));
    REQUIRE(answer);
    return answer->result;
}

SealedRequest withdrawal() {
    auto request = sealed_request();
    request.kind = "withdrawal";
    return request;
}

}  // namespace

TEST_CASE("without a way out a request stays one that can be erased, however often it was tried",
          "[spooler]") {
    for (auto const result : {Result::unreachable, Result::stranger, Result::not_sent}) {
        Running running;
        running.open_day();
        auto const first = running.enqueue();
        auto const second = running.enqueue();
        for (int tries = 0; tries < 3; ++tries) {
            CHECK(running.deliver(result) == 2);
            running.spooler->retry_now();
        }
        running.restart();
        CHECK(withdraw(running, first) == Withdrawn::cancelled);
        CHECK(withdraw(running, second) == Withdrawn::cancelled);
    }
}

TEST_CASE("once it may have arrived a request is never taken for one that stayed", "[spooler]") {
    Running running;
    running.open_day();
    auto const request = running.enqueue();
    running.deliver(Result::failed);  // a cut connection: nobody knows
    running.spooler->retry_now();
    running.deliver(Result::unreachable);
    CHECK(withdraw(running, request) == Withdrawn::may_have_left);
}

TEST_CASE("while it is on its way a request may have left", "[spooler]") {
    Running running;
    running.open_day();
    auto const request = running.enqueue();
    REQUIRE(running.spooler->to_send().size() == 1);
    CHECK(withdraw(running, request) == Withdrawn::may_have_left);
}

TEST_CASE("what was given to a stick while it was on its way has left, although sending failed",
          "[spooler]") {
    Running running;
    running.open_day();
    auto const request = running.enqueue();
    REQUIRE(running.spooler->to_send().size() == 1);
    auto const given = running.spooler->export_next(0);
    REQUIRE(given);
    REQUIRE(*given);
    CHECK((*given)->id == request.id);
    running.spooler->note({{.id = request.id, .result = Result::unreachable}});
    CHECK(withdraw(running, request) == Withdrawn::may_have_left);
}

TEST_CASE("a withdrawal is recorded on a day that nobody opened, and a request is not",
          "[spooler]") {
    Running running;
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::closed);
    auto const request = withdrawal();
    REQUIRE(running.spooler->enqueue(request));
    CHECK(running.spooler->find(request.id).value() == RequestState::ready);
    CHECK(running.deliver(Result::delivered) == 1);
    CHECK(running.status().balance.balanced());
}

TEST_CASE("a withdrawal is recorded although what waits has waited too long", "[spooler]") {
    Running running{"refuse_after_days = 1\n"};
    running.open_day();
    running.enqueue();
    running.advance(std::chrono::hours{72});
    REQUIRE(running.spooler->open_day("A1"));
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::full);
    CHECK(running.spooler->enqueue(withdrawal()));
}
