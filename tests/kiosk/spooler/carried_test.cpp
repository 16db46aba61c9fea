#include "kiosk/spooler/carried.hpp"

#include "tests/kiosk/spooler/opened_outbox.hpp"

using namespace spooler;
using namespace spooler_test;
using base::Errc;
using Taken = Carried::Taken;

namespace {

struct Carrying : OpenedOutbox {
    Carried carried{database, clock};

    static carry::ListedRequest listed(SealedRequest const& request) {
        return {request.id, request.kind, request.sha256,
                static_cast<std::int64_t>(request.sealed.size())};
    }
    base::Result<Taken> take(SealedRequest const& request, std::int64_t bundle = 7) {
        return carried.take({"kiosk-2", bundle, "2026-06-17", {}}, listed(request), request.sealed);
    }
};

}  // namespace

TEST_CASE("requests of other kiosks never touch this kiosk's own", "[carried]") {
    Carrying it;
    auto const own = it.enqueue();
    auto const before = it.outbox.balance().value();
    auto const other = sealed_request();
    CHECK(it.take(other).value() == Taken::now);
    CHECK(it.outbox.balance()->recorded == before.recorded);
    CHECK(it.outbox.waiting()->count == 1);
    CHECK(it.outbox.next(10)->size() == 1);
    CHECK_FALSE(it.outbox.find(other.id).value());
    CHECK(it.carried.next(10)->size() == 1);
    CHECK(it.carried.counts()->waiting == 1);
    CHECK(it.take(own).error().code == Errc::conflict);
}

TEST_CASE("a carried request is settled by its receipt, which waits to be taken back",
          "[carried]") {
    Carrying it;
    auto const request = sealed_request();
    REQUIRE(it.take(request));
    CHECK(it.take(request).value() == Taken::before);
    REQUIRE(it.carried.receipted({request.id, "receipt"}));
    REQUIRE(it.carried.refused(request.id, 409));  // too late: it says nothing any more
    CHECK(it.carried.next(10)->empty());
    auto const found = it.carried.next_return(0).value();
    REQUIRE(found);
    CHECK(found->kiosk == "kiosk-2");
    CHECK(found->bundle == 7);
    CHECK(found->receipt == "receipt");
    CHECK_FALSE(it.carried.next_return(found->number).value());
    REQUIRE(it.carried.returned({found->number}));
    CHECK_FALSE(it.carried.next_return(0).value());
    CHECK(it.carried.counts()->to_return == 0);
    // Brought again, perhaps because the stick with the receipt got lost.
    CHECK(it.take(request, 9).value() == Taken::before);
    CHECK(it.carried.next_return(0).value()->bundle == 9);
    REQUIRE(it.database.checkpoint());
    CHECK(occurrences(it.folder.path(), piece_of(request)) == 0);
}

TEST_CASE("what fails goes behind the others, and what is refused may be brought again",
          "[carried]") {
    Carrying it;
    auto const first = sealed_request();
    auto const second = sealed_request();
    REQUIRE(it.take(first));
    REQUIRE(it.take(second));
    CHECK(it.carried.next(1)->front().id == first.id);
    REQUIRE(it.carried.postpone(first.id));
    CHECK(it.carried.next(1)->front().id == second.id);
    REQUIRE(it.carried.refused(second.id, 409));
    CHECK(it.carried.counts()->refused == 1);
    CHECK(it.carried.next(10)->size() == 1);
    CHECK(it.take(second).value() == Taken::now);
    CHECK(it.carried.next(10)->size() == 2);
    auto other = sealed_request();
    other.id = first.id;
    CHECK(it.take(other).error().code == Errc::conflict);
}

TEST_CASE("enough is enough, and what was settled long ago is forgotten", "[carried]") {
    Carrying it;
    std::vector<SealedRequest> requests;
    for (std::int64_t i = 0; i < Carried::most_waiting; ++i) {
        requests.push_back(sealed_request(16));
        REQUIRE(it.take(requests.back()));
    }
    CHECK(it.take(sealed_request(16)).error().code == Errc::storage_full);
    CHECK(it.take(requests.front()).value() == Taken::before);
    REQUIRE(it.carried.receipted({requests[0].id, "receipt"}));
    REQUIRE(it.carried.refused(requests[1].id, 413));
    CHECK(it.take(sealed_request(16)).value() == Taken::now);
    CHECK(it.carried.purge().value() == 0);
    it.clock.advance(24h * (Outbox::receipts_kept_days + 1));
    CHECK(it.carried.purge().value() == 2);
    CHECK(it.carried.counts()->waiting == Carried::most_waiting - 1);
}

TEST_CASE("a carried body that is not the one brought is damage", "[carried]") {
    Carrying it;
    REQUIRE(it.take(sealed_request()));
    REQUIRE(it.carried.next(10));
    REQUIRE(it.database.run("UPDATE carried SET sealed = x'00'"));
    CHECK(it.carried.next(10).error().code == Errc::storage_damaged);
}
