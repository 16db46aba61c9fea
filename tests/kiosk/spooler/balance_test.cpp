// Every request ever recorded is somewhere: the sum that shows a loss nobody noticed.
#include "tests/kiosk/spooler/opened_outbox.hpp"

using namespace spooler;
using namespace spooler_test;

namespace {

struct Opened : OpenedOutbox {
    Balance balance() { return outbox.balance().value(); }
};

}  // namespace

TEST_CASE("what was recorded is receipted, waiting, parked, cancelled or purged", "[outbox]") {
    Opened opened;
    std::vector<SealedRequest> requests;
    for (int i = 0; i < 6; ++i)
        requests.push_back(opened.enqueue());
    REQUIRE(opened.outbox.receipted({{requests[0].id, "receipt"}, {requests[5].id, "receipt"}}));
    REQUIRE(opened.outbox.park(requests[1].id, 422));
    auto before = opened.balance();
    CHECK(before.recorded == 6);
    CHECK(before.counts.receipted == 2);
    CHECK(before.balanced());

    opened.clock.set_calendar(opened.clock.calendar() + std::chrono::hours{24 * 91});
    CHECK(opened.outbox.purge().value() == 2);
    auto const after = opened.balance();
    CHECK(after.recorded == 6);
    CHECK(after.purged == 2);
    CHECK(after.counts.all() == 4);
    CHECK(after.balanced());
}

TEST_CASE("a seq is never given twice, also when the row that had it was purged", "[outbox]") {
    Opened opened;
    auto const last = opened.enqueue();
    REQUIRE(opened.outbox.receipted({{last.id, "receipt"}}));
    opened.clock.set_calendar(opened.clock.calendar() + std::chrono::hours{24 * 91});
    REQUIRE(opened.outbox.purge().value() == 1);
    CHECK(opened.outbox.counts()->all() == 0);
    static_cast<void>(opened.enqueue());
    CHECK(opened.balance().recorded == 2);
    CHECK(opened.balance().balanced());
    CHECK(opened.database.number("SELECT max(seq) FROM outbox").value() == 2);
}

TEST_CASE("a row that is gone without a reason shows in the balance", "[outbox]") {
    Opened opened;
    for (int i = 0; i < 3; ++i)
        static_cast<void>(opened.enqueue());
    REQUIRE(opened.database.run("DELETE FROM outbox WHERE seq = 2"));
    CHECK_FALSE(opened.balance().balanced());
    // Only a salvage says that it is damage.
    REQUIRE(opened.outbox.settle_damage());
    CHECK(opened.balance().damaged == 1);
    CHECK(opened.balance().balanced());
}
