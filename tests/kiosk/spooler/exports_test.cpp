#include "kiosk/spooler/exports.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "tests/kiosk/spooler/opened_outbox.hpp"

using namespace spooler;
using namespace spooler_test;

namespace {

struct Exporting : OpenedOutbox {
    Exports exports{database, clock};

    // As the outbox keeps them: what left by hand and what waits.
    void receive(SealedRequest const& request) {
        REQUIRE(outbox.receipted({{request.id, "receipt"}}));
    }
};

}  // namespace

TEST_CASE("export passes once over all that waits for a receipt", "[exports]") {
    Exporting it;
    auto const first = it.enqueue();
    auto const receipted = it.enqueue();
    auto const parked = it.enqueue();
    auto const last = it.enqueue();
    it.receive(receipted);
    REQUIRE(it.outbox.park(parked.id, 409));
    auto const one = it.exports.next(0).value();
    REQUIRE(one);
    CHECK(one->id == first.id);
    CHECK(one->sealed == first.sealed);
    auto const two = it.exports.next(one->seq).value();
    REQUIRE(two);
    CHECK(two->id == last.id);
    CHECK_FALSE(it.exports.next(two->seq).value());
}

TEST_CASE("a machine that is given up exports what is parked, too", "[exports]") {
    Exporting it;
    auto const parked = it.enqueue();
    auto const waiting = it.enqueue();
    REQUIRE(it.outbox.park(parked.id, 422));
    auto const one = it.exports.next(0, Exports::Wanted::parked_too).value();
    REQUIRE(one);
    CHECK(one->id == parked.id);
    CHECK(one->sealed == parked.sealed);
    CHECK(it.exports.next(one->seq, Exports::Wanted::parked_too).value()->id == waiting.id);
    auto const ids = std::vector{parked.id, waiting.id};
    CHECK(it.exports.manifest("kiosk-1", ids).value()->requests.size() == 2);
    CHECK(it.exports.exported(ids).value() == 1);
    CHECK(it.outbox.find(parked.id).value() == RequestState::parked);
}

TEST_CASE("what was handed out for a stick can no longer be cancelled", "[exports]") {
    Exporting it;
    auto const handed_out = it.enqueue();
    auto const kept = it.enqueue();
    REQUIRE(it.exports.next(0).value()->id == handed_out.id);
    auto const withdraw = [&](SealedRequest const& request) {
        return it.outbox.withdraw(crypto::reference_number(request.id))->result;
    };
    CHECK(withdraw(handed_out) == Withdrawal::Result::may_have_left);
    CHECK(withdraw(kept) == Withdrawal::Result::cancelled);
}

TEST_CASE("a manifest lists what still waits, under a number of its own", "[exports]") {
    Exporting it;
    auto const first = it.enqueue();
    auto const second = it.enqueue();
    it.receive(second);
    auto const ids = std::vector{first.id, second.id, crypto::Uuid::random()};
    auto const manifest = it.exports.manifest("kiosk-1", ids).value();
    REQUIRE(manifest);
    CHECK(manifest->bundle == 1);
    CHECK(manifest->day == "2026-06-17");
    CHECK(manifest->requests ==
          std::vector{carry::ListedRequest{first.id, "creation", first.sha256, 8192}});
    CHECK(it.exports.manifest("kiosk-1", ids).value()->bundle == 2);
    it.receive(first);
    CHECK_FALSE(it.exports.manifest("kiosk-1", ids).value());
}

TEST_CASE("what was exported is counted, sent on, and settled by its receipt", "[exports]") {
    Exporting it;
    auto const request = it.enqueue();
    auto const cancelled = it.enqueue();
    REQUIRE(it.outbox.withdraw(crypto::reference_number(cancelled.id)));
    auto const ids = std::vector{request.id, cancelled.id};
    CHECK(it.exports.exported(ids).value() == 1);
    CHECK(it.exports.exported(ids).value() == 0);
    CHECK(it.outbox.find(cancelled.id).value() == RequestState::cancelled);
    CHECK(it.outbox.counts()->exported == 1);
    CHECK(it.outbox.balance()->balanced());
    CHECK(it.outbox.next(10)->size() == 1);
    CHECK(it.exports.hash_of(request.id).value() == request.sha256);
    CHECK_FALSE(it.exports.hash_of(crypto::Uuid::random()).value());
    it.receive(request);
    CHECK(it.outbox.counts()->exported == 0);
    CHECK(it.outbox.balance()->balanced());
}

TEST_CASE("a body that is not the one recorded is not exported", "[exports]") {
    Exporting it;
    auto const request = it.enqueue();
    REQUIRE(it.exports.next(0));
    REQUIRE(it.database.run("UPDATE outbox SET sealed = x'00' WHERE id = ?", {request.id.bytes()}));
    CHECK(it.exports.next(0).error().code == base::Errc::storage_damaged);
}
