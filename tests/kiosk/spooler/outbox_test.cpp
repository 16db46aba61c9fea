#include "kiosk/spooler/outbox.hpp"

#include "tests/kiosk/spooler/opened_outbox.hpp"

#include <sqlite3.h>

using namespace spooler;
using namespace spooler_test;
using base::Errc;

namespace {

struct Opened {
    TestClock clock;
    TemporaryFolder folder;
    std::unique_ptr<Database> database;
    std::optional<Outbox> outbox;

    explicit Opened(std::int64_t most_pages = 16384) { open(most_pages); }

    void open(std::int64_t most_pages = 16384) {
        outbox.reset();
        database.reset();
        database = std::make_unique<Database>(database_in(folder.path(), most_pages));
        outbox.emplace(*database, clock);
    }

    SealedRequest enqueue(std::size_t size = 8192) {
        auto request = sealed_request(size);
        auto const enqueued = outbox->enqueue(request);
        REQUIRE(enqueued);
        CHECK(*enqueued == Outbox::Enqueued::now);
        return request;
    }
    std::optional<RequestState> state(SealedRequest const& request) {
        auto const found = outbox->find(request.id);
        REQUIRE(found);
        return *found;
    }
};

}  // namespace

TEST_CASE("a request is recorded once, however often it is given", "[outbox]") {
    Opened opened;
    auto const request = opened.enqueue();
    CHECK(opened.outbox->enqueue(request).value() == Outbox::Enqueued::before);
    CHECK(opened.outbox->waiting()->count == 1);
    CHECK(opened.state(request) == RequestState::ready);
    CHECK(opened.state(sealed_request()) == std::nullopt);
}

TEST_CASE("another body under a known id is a conflict and changes nothing", "[outbox]") {
    Opened opened;
    auto const first = opened.enqueue();
    auto second = sealed_request();
    second.id = first.id;
    auto const enqueued = opened.outbox->enqueue(second);
    REQUIRE_FALSE(enqueued);
    CHECK(enqueued.error().code == Errc::conflict);
    auto const next = opened.outbox->next(10);
    REQUIRE(next->size() == 1);
    CHECK(next->front().sealed == first.sealed);
}

TEST_CASE("what was recorded is there again after closing, byte for byte", "[outbox]") {
    Opened opened;
    std::vector<SealedRequest> requests;
    for (std::size_t size : {1UL, 4096UL, 12345UL, 65536UL})
        requests.push_back(opened.enqueue(size));
    opened.open();
    auto const next = opened.outbox->next(10);
    REQUIRE(next->size() == requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        CHECK((*next)[i].id == requests[i].id);
        CHECK((*next)[i].sealed == requests[i].sealed);
    }
}

TEST_CASE("a receipt erases the body from the file and its log", "[outbox]") {
    Opened opened;
    auto const sent = opened.enqueue(30000);
    auto const kept = opened.enqueue(30000);
    REQUIRE(opened.database->checkpoint());
    REQUIRE(occurrences(opened.folder.path(), piece_of(sent)) > 0);  // or the search finds nothing
    REQUIRE(opened.outbox->receipted({{sent.id, "the receipt"}}));
    CHECK(opened.state(sent) == RequestState::receipted);
    REQUIRE(opened.database->checkpoint());
    CHECK(occurrences(opened.folder.path(), piece_of(sent)) == 0);
    CHECK(occurrences(opened.folder.path(), piece_of(kept)) > 0);
    // Whoever asks again is still told that it was recorded.
    CHECK(opened.outbox->enqueue(sent).value() == Outbox::Enqueued::before);
    CHECK(opened.outbox->next(10)->size() == 1);
}

TEST_CASE("receipts that come together are kept together", "[outbox]") {
    Opened opened;
    std::vector<Receipted> receipts;
    for (int i = 0; i < 10; ++i)
        receipts.push_back({opened.enqueue().id, "receipt"});
    REQUIRE(opened.outbox->receipted(receipts));
    CHECK(opened.outbox->waiting()->count == 0);
    CHECK(opened.outbox->counts()->receipted == 10);
    CHECK(opened.outbox->receipted_on("2026-06-17").value() == 10);
}

TEST_CASE("a receipt for a request that is not waiting changes nothing", "[outbox]") {
    Opened opened;
    auto const request = opened.enqueue();
    REQUIRE(opened.outbox->park(request.id, 422));
    REQUIRE(opened.outbox->receipted({{request.id, "late"}, {crypto::Uuid::random(), "strange"}}));
    CHECK(opened.state(request) == RequestState::parked);
}

TEST_CASE("what failed goes behind the others and comes again", "[outbox]") {
    Opened opened;
    auto const first = opened.enqueue();
    auto const second = opened.enqueue();
    REQUIRE(opened.outbox->postpone(first.id));
    auto next = opened.outbox->next(10);
    REQUIRE(next->size() == 2);
    CHECK((*next)[0].id == second.id);
    CHECK((*next)[1].id == first.id);
    REQUIRE(opened.outbox->postpone(second.id));
    next = opened.outbox->next(1);
    CHECK(next->front().id == first.id);
}

TEST_CASE("what the receiver refused is kept for a person and not sent", "[outbox]") {
    Opened opened;
    auto const refused = opened.enqueue();
    auto const doubled = opened.enqueue();
    REQUIRE(opened.outbox->park(refused.id, 422));
    REQUIRE(opened.outbox->park(doubled.id, 409));
    CHECK(opened.outbox->next(10)->empty());
    CHECK(opened.outbox->counts()->parked == 2);
    CHECK(opened.outbox->conflicts().value() == 1);
    CHECK(occurrences(opened.folder.path(), piece_of(refused)) > 0);
}

TEST_CASE("only the day of a request stands in clear", "[outbox]") {
    Opened opened;
    opened.enqueue();
    std::string text;
    REQUIRE(opened.database->each("SELECT * FROM outbox", {}, [&](Row const& row) {
        for (int i = 0; i < 13; ++i)
            if (i != 1 && i != 6 && i != 7 && i != 12) text += row.text(i) + "|";
    }));
    CHECK(text == "1|creation|0|0|0|2026-06-17||||");
}

TEST_CASE("the age of the oldest is exact until a restart, then at most its day's", "[outbox]") {
    Opened opened;
    opened.enqueue();
    opened.clock.advance(2h);
    opened.enqueue();
    auto waiting = opened.outbox->waiting();
    REQUIRE(waiting->oldest);
    CHECK(waiting->count == 2);
    CHECK(waiting->oldest->exact);
    CHECK(waiting->oldest->age == 2h);
    opened.open();
    waiting = opened.outbox->waiting();
    REQUIRE(waiting->oldest);
    CHECK_FALSE(waiting->oldest->exact);
    CHECK(waiting->oldest->age == 11h + 30min);  // since midnight
    CHECK(opened.outbox->waiting()->oldest->day == "2026-06-17");
}

TEST_CASE("receipts are forgotten after ninety days, and nothing else is", "[outbox]") {
    Opened opened;
    auto const sent = opened.enqueue();
    auto const waits = opened.enqueue();
    auto const parked = opened.enqueue();
    REQUIRE(opened.outbox->receipted({{sent.id, "receipt"}}));
    REQUIRE(opened.outbox->park(parked.id, 400));
    opened.clock.advance(90 * 24h);
    CHECK(opened.outbox->purge().value() == 0);
    opened.clock.advance(24h);
    CHECK(opened.outbox->purge().value() == 1);
    CHECK(opened.state(sent) == std::nullopt);
    CHECK(opened.state(waits) == RequestState::ready);
    CHECK(opened.state(parked) == RequestState::parked);
}

TEST_CASE("a body that no longer has its hash is found before it is sent", "[outbox]") {
    Opened opened;
    auto const request = opened.enqueue();
    CHECK(opened.outbox->verify_after(0, 10).value() == 1);
    REQUIRE(opened.database->run("UPDATE outbox SET sealed = x'00' WHERE id = ?",
                                 {request.id.bytes()}));
    CHECK(opened.outbox->next(1).error().code == Errc::storage_damaged);
    CHECK(opened.outbox->verify_after(0, 10).error().code == Errc::storage_damaged);
}

TEST_CASE("the quota stops new requests, and erasing makes room again", "[outbox]") {
    Opened opened{100};  // pages
    std::vector<SealedRequest> recorded;
    base::Error error{};
    for (int i = 0; i < 200 && error.detail.empty(); ++i) {
        auto request = sealed_request();
        auto const enqueued = opened.outbox->enqueue(request);
        if (enqueued)
            recorded.push_back(std::move(request));
        else
            error = enqueued.error();
    }
    CHECK(error.code == Errc::storage_full);
    REQUIRE(recorded.size() > 10);
    CHECK(opened.database->quick_check());
    CHECK(opened.outbox->waiting()->count == static_cast<std::int64_t>(recorded.size()));
    REQUIRE(opened.outbox->receipted({{recorded[0].id, "r"}, {recorded[1].id, "r"}}));
    CHECK(opened.outbox->enqueue(sealed_request()));
}

TEST_CASE("a second opener of the file is told that it is taken", "[outbox]") {
    Opened opened;
    auto const second = Database::open(opened.folder / "outbox.db", 1000);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::conflict);
    CHECK_FALSE(fs::exists(opened.folder / "outbox.db-shm"));
}

TEST_CASE("a file with pages of another size is refused, not changed", "[outbox]") {
    TemporaryFolder const folder;
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open((folder / "outbox.db").c_str(), &other) == SQLITE_OK);
    sqlite3_exec(other, "PRAGMA page_size=8192; CREATE TABLE t (a)", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    auto const opened = Database::open(folder / "outbox.db", 1000);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().detail.find("page_size") != std::string::npos);
}

TEST_CASE("the queries of every hour use their indexes", "[outbox]") {
    Opened opened;
    for (std::string_view sql :
         {"SELECT id, sha256, sealed FROM outbox WHERE state IN (0, 3) ORDER BY next_due, day, seq "
          "LIMIT ?",
          "SELECT count(*) FROM outbox WHERE state IN (0, 3)",
          "SELECT count(*) FROM outbox WHERE state IN (1, 2, 4) AND state = 1 AND settled_day = ?",
          "DELETE FROM outbox WHERE state IN (1, 2, 4) AND state = 1 AND settled_day < ?"}) {
        std::string plan;
        REQUIRE(opened.database->each("EXPLAIN QUERY PLAN " + std::string{sql}, {},
                                      [&](Row const& row) { plan += row.text(3) + "; "; }));
        CAPTURE(sql, plan);
        CHECK(plan.find("INDEX outbox_") != std::string::npos);
        CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    }
}
