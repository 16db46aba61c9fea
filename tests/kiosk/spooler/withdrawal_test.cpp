// What the outbox does with the number a person took home.
#include "kiosk/crypto/reference_number.hpp"
#include "tests/kiosk/spooler/opened_outbox.hpp"

using namespace spooler;
using namespace spooler_test;
using Result = Withdrawal::Result;

namespace {

struct Opened : OpenedOutbox {
    Withdrawal withdraw(SealedRequest const& request) {
        auto const done = outbox.withdraw(crypto::reference_number(request.id));
        REQUIRE(done);
        return *done;
    }
    RequestState state(SealedRequest const& request) {
        return outbox.find(request.id).value().value();
    }
};

}  // namespace

TEST_CASE("a waiting request is cancelled by its reference, and its body is nowhere", "[outbox]") {
    Opened opened;
    auto const other = opened.enqueue();
    auto const request = opened.enqueue();
    REQUIRE(occurrences(opened.folder.path(), piece_of(request)) > 0);
    CHECK(opened.withdraw(request).result == Result::cancelled);
    CHECK(opened.state(request) == RequestState::cancelled);
    REQUIRE(opened.database.checkpoint());
    CHECK(occurrences(opened.folder.path(), piece_of(request)) == 0);
    // Asked again, the answer is the same; the others are not concerned.
    CHECK(opened.withdraw(request).result == Result::cancelled);
    CHECK(opened.state(other) == RequestState::ready);
    CHECK(opened.outbox.next(10)->size() == 1);
    CHECK(opened.outbox.balance()->balanced());
}

TEST_CASE("a request that was offered to the uplink may have left, and is not cancelled",
          "[outbox]") {
    Opened opened;
    auto const request = opened.enqueue();
    auto const parcels = opened.outbox.next(10);
    REQUIRE(parcels);
    CHECK_FALSE(parcels->front().offered);
    REQUIRE(opened.outbox.offer(*parcels));
    auto const answer = opened.withdraw(request);
    CHECK(answer.result == Result::may_have_left);
    CHECK(answer.id == request.id);
    CHECK(opened.state(request) == RequestState::ready);
    CHECK(opened.outbox.next(10)->front().offered);
}

TEST_CASE("a request that was receipted or parked may have left", "[outbox]") {
    Opened opened;
    auto const receipted = opened.enqueue();
    auto const parked = opened.enqueue();
    REQUIRE(opened.outbox.receipted({{receipted.id, "receipt"}}));
    REQUIRE(opened.outbox.park(parked.id, 422));
    for (auto const& request : {receipted, parked}) {
        auto const answer = opened.withdraw(request);
        CHECK(answer.result == Result::may_have_left);
        CHECK(answer.id == request.id);
    }
    CHECK(opened.state(parked) == RequestState::parked);
}

TEST_CASE("a reference of no request is unknown and changes nothing", "[outbox]") {
    Opened opened;
    auto const request = opened.enqueue();
    for (auto const& reference : {crypto::reference_number(sealed_request().id), std::string{},
                                  std::string(4096, 'A'), std::string{"' OR 1=1 --"}}) {
        auto const answer = opened.outbox.withdraw(reference);
        REQUIRE(answer);
        CHECK(answer->result == Result::unknown);
        CHECK_FALSE(answer->id);
    }
    CHECK(opened.state(request) == RequestState::ready);
}
