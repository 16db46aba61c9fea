#include "kiosk/spooler/schema.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "kiosk/spooler/ledger.hpp"
#include "kiosk/spooler/outbox.hpp"
#include "kiosk/spooler/outcomes.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/power_cuts/version_1.hpp"

using namespace spooler;
using namespace spooler_test;

namespace {

struct OldFile {
    TestClock clock;
    TemporaryFolder folder;
    fs::path file = folder / "outbox.db";
    std::vector<SealedRequest> requests{sealed_request(), sealed_request(), sealed_request()};

    OldFile() { power_cuts::write_version_1(file, requests, "2026-06-17"); }
    Database open() {
        auto opened = Database::open(file, 16384);
        REQUIRE(opened);
        return std::move(*opened);
    }
};

}  // namespace

TEST_CASE("a file of the first version is read with all it holds", "[outbox]") {
    OldFile old;
    auto database = old.open();
    REQUIRE(lay_out(database));
    Outbox outbox{database, old.clock};
    CHECK(outbox.find(old.requests[0].id).value() == RequestState::receipted);
    CHECK(outbox.find(old.requests[2].id).value() == RequestState::ready);
    auto const balance = outbox.balance();
    CHECK(balance->recorded == 3);
    CHECK(balance->balanced());
    // The program that wrote it did not note what may have left.
    auto const answer = outbox.withdraw(crypto::reference_number(old.requests[2].id));
    CHECK(answer->result == Withdrawal::Result::may_have_left);
}

TEST_CASE("the program of the first version still writes a file of today", "[outbox]") {
    OldFile old;
    auto const later = sealed_request();
    {
        auto database = old.open();
        REQUIRE(lay_out(database));
        // Its statement, word for word.
        REQUIRE(database.run("INSERT INTO outbox (id, kind, state, key_id, sha256, day, sealed) "
                             "VALUES (?, ?, 0, ?, ?, ?, ?)",
                             {later.id.bytes(), std::string_view{later.kind},
                              base::ByteView{later.key_id}, base::ByteView{later.sha256},
                              std::string_view{"2026-06-18"}, base::ByteView{later.sealed}}));
    }
    auto database = old.open();
    REQUIRE(lay_out(database));
    Outbox outbox{database, old.clock};
    CHECK(outbox.balance()->recorded == 4);
    CHECK(outbox.balance()->balanced());
    CHECK(outbox.next(10)->size() == 3);
}

TEST_CASE("a file from before outcomes learns them, and the program of then goes on writing it",
          "[outbox]") {
    TestClock const clock;
    TemporaryFolder const folder;
    auto database = database_in(folder.path());
    Outbox outbox{database, clock};
    auto const before = sealed_request();
    REQUIRE(outbox.enqueue(before));
    // As that program left it.
    REQUIRE(database.run("DROP INDEX outbox_awaited"));
    REQUIRE(database.run("ALTER TABLE outbox DROP COLUMN outcome"));
    REQUIRE(lay_out(database));
    REQUIRE(outbox.receipted({{before.id, "receipt"}}));
    Outcomes outcomes{database};
    CHECK(outcomes.awaited().value() == 1);
    REQUIRE(outcomes.keep({7, false, {{before.id, DmpOutcome::created, ""}}}));

    // After a rollback: its statements, word for word.
    auto const after = sealed_request();
    REQUIRE(database.run("INSERT INTO outbox (seq, id, kind, state, key_id, sha256, day, "
                         "sealed, offered) VALUES (1 + "
                         "max(coalesce((SELECT max(seq) FROM outbox), 0), "
                         "coalesce((SELECT value FROM counter WHERE name = 'recorded'), "
                         "0)), ?, ?, 0, ?, ?, ?, ?, 0)",
                         {after.id.bytes(), std::string_view{after.kind},
                          base::ByteView{after.key_id}, base::ByteView{after.sha256},
                          std::string_view{"2026-06-18"}, base::ByteView{after.sealed}}));
    REQUIRE(database.run(
        "UPDATE outbox SET state = 1, receipt = ?, sealed = NULL, settled_day = ? "
        "WHERE id = ? AND state IN (0, 3)",
        {std::string_view{"receipt"}, std::string_view{"2026-06-18"}, after.id.bytes()}));
    CHECK(outbox.balance()->balanced());
    CHECK(Ledger{database, clock}.day("2026-06-17")->balanced());
    CHECK(outcomes.awaited().value() == 1);
    CHECK(outcomes.position().value() == 7);
    CHECK(outcomes.of("2026-06-17")->count(DmpOutcome::created) == 1);
}

TEST_CASE("laying out a file of today changes nothing in it", "[outbox]") {
    TemporaryFolder const folder;
    auto database = database_in(folder.path());
    REQUIRE(database.checkpoint());
    auto const before = content_of(folder / "outbox.db");
    REQUIRE(lay_out(database));
    REQUIRE(database.checkpoint());
    CHECK(content_of(folder / "outbox.db") == before);
}
