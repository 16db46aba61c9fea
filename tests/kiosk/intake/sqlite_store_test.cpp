#include "kiosk/intake/sqlite_store.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/intake/client.hpp"

#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace intake;
using base::Errc;
using crypto::Uuid;
using intake_tests::random_body;
using Kind = Outcome::Kind;

namespace {

Arrival arrival(Uuid const& id, base::Bytes const& body, std::string kiosk = "kiosk-1") {
    return {id, std::move(kiosk), crypto::sha256(body), "2026-11-21T10:00:00Z", "a.b.c", body};
}

std::unique_ptr<SqliteStore> open(std::filesystem::path const& file, std::int64_t quota_mib = 0) {
    auto store = SqliteStore::open(file, quota_mib);
    if (!store) FAIL(store.error().detail);
    return std::move(*store);
}

Outcome put(Store& store, Arrival const& one) { return store.put({&one, 1}).front().value(); }

}  // namespace

TEST_CASE("a group has one outcome each, also for an id that comes twice in it", "[intake]") {
    pki::TemporaryFolder const folder;
    auto const store = open(folder.path() / "a.db");
    auto const first = arrival(Uuid::random(), random_body(100));
    auto later = first;
    later.received_at = "2026-11-22T10:00:00Z";
    auto other_body = arrival(first.id, random_body(100));
    auto other_kiosk = arrival(first.id, first.sealed, "kiosk-2");
    auto const second = arrival(Uuid::random(), random_body(100));
    auto const group = std::vector{first, later, other_body, other_kiosk, second};
    auto const outcomes = store->put(group);
    REQUIRE(outcomes.size() == 5);
    CHECK(outcomes[0]->kind == Kind::stored);
    CHECK(outcomes[1]->kind == Kind::replayed);
    CHECK(outcomes[1]->received_at == first.received_at);
    CHECK(outcomes[2]->kind == Kind::conflicting);
    // Carried by hand: the bytes decide, not who brings them.
    CHECK(outcomes[3]->kind == Kind::replayed);
    CHECK(outcomes[3]->received_at == first.received_at);
    CHECK(outcomes[4]->kind == Kind::stored);
    CHECK(store->list(0, 10)->size() == 2);
}

TEST_CASE("what was stored is there after closing, in order of arrival", "[intake]") {
    pki::TemporaryFolder const folder;
    std::vector<Arrival> group;
    for (int i = 0; i < 5; ++i)
        group.push_back(arrival(Uuid::random(), random_body(3000)));
    {
        auto const store = open(folder.path() / "a.db");
        for (auto const& outcome : store->put(group))
            REQUIRE(outcome->kind == Kind::stored);
    }
    auto const store = open(folder.path() / "a.db");
    auto const page = store->list(0, 3).value();
    auto const rest = store->list(page.back().position, 3).value();
    REQUIRE(page.size() == 3);
    REQUIRE(rest.size() == 2);
    CHECK(page[0].id == group[0].id);
    CHECK(rest[1].id == group[4].id);
    CHECK(rest[1].size == 3000);
    CHECK(rest[1].kiosk == "kiosk-1");
    auto const fetched = store->fetch(group[2].id).value();
    CHECK(fetched.sealed == group[2].sealed);
    CHECK(fetched.entry.sha256 == group[2].sha256);
    CHECK(store->fetch(Uuid::random()).error().code == Errc::file_missing);
}

TEST_CASE("a full store refuses what is new and still knows what is old", "[intake]") {
    pki::TemporaryFolder const folder;
    auto const store = open(folder.path() / "a.db", 1);
    auto const old = arrival(Uuid::random(), random_body(1000));
    REQUIRE(put(*store, old).kind == Kind::stored);
    auto const large = arrival(Uuid::random(), random_body(2000000));
    auto const fresh = arrival(Uuid::random(), random_body(100));
    auto const group = std::vector{fresh, old, large};
    auto const outcomes = store->put(group);
    CHECK(outcomes[0].error().code == Errc::storage_full);
    CHECK(outcomes[1]->kind == Kind::replayed);
    CHECK(outcomes[2].error().code == Errc::storage_full);
    // Nothing of the failed group was kept, and there is room for a smaller one.
    CHECK(store->list(0, 10)->size() == 1);
    CHECK(put(*store, fresh).kind == Kind::stored);
}

TEST_CASE("the file has one opener", "[intake]") {
    pki::TemporaryFolder const folder;
    auto const file = folder.path() / "a.db";
    {
        auto const store = open(file);
        auto const second = SqliteStore::open(file, 0);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == Errc::conflict);
        CHECK(second.error().detail == file.string() + ": another program has it open");
        CHECK_FALSE(std::filesystem::exists(file.string() + "-shm"));
    }
    CHECK(SqliteStore::open(file, 0));
}

TEST_CASE("a body that is no longer kept, or was damaged, is said to be", "[intake]") {
    pki::TemporaryFolder const folder;
    auto const file = folder.path() / "a.db";
    auto const gone = arrival(Uuid::random(), random_body(100));
    auto const damaged = arrival(Uuid::random(), random_body(100));
    {
        auto const group = std::vector{gone, damaged};
        open(file)->put(group);
        SQLite::Database database{file.string(), SQLite::OPEN_READWRITE};
        database.exec("UPDATE requests SET sealed = NULL WHERE position = 1");
        database.exec("UPDATE requests SET sealed = x'00' WHERE position = 2");
    }
    auto const store = open(file);
    CHECK(store->fetch(gone.id).error().code == Errc::file_missing);
    CHECK(store->fetch(damaged.id).error().code == Errc::storage_damaged);
    CHECK(put(*store, gone).kind == Kind::replayed);
}

TEST_CASE("a file that is no database, or of a later format, is refused", "[intake]") {
    pki::TemporaryFolder const folder;
    auto const file = folder.path() / "a.db";
    std::ofstream{file} << std::string(8192, 'x');
    CHECK(SqliteStore::open(file, 0).error().code == Errc::storage_damaged);
    std::filesystem::remove(file);
    open(file);
    SQLite::Database{file.string(), SQLite::OPEN_READWRITE}.exec("PRAGMA user_version = 99");
    CHECK_THAT(SqliteStore::open(file, 0).error().detail, Catch::Contains("newer dmp-intake"));
}

TEST_CASE("a file from before outcomes takes them, and the program of then still reads it",
          "[intake]") {
    pki::TemporaryFolder const folder;
    auto const file = folder.path() / "intake.db";
    auto const id = Uuid::random();
    put(*open(file), arrival(id, random_body(3000)));
    {
        SQLite::Database old{file.native(), SQLite::OPEN_READWRITE};
        old.exec("DROP TABLE outcomes; DROP TABLE audit_head");
    }
    {
        auto const store = open(file);
        DmpOutcome const created{id, DmpOutcome::Kind::created};
        CHECK(store->tell({&created, 1}).front().value() == Told::now);
        CHECK(store->outcomes("kiosk-1", 0, 10)->size() == 1);
        CHECK_FALSE(store->audit_head().value());
        REQUIRE(store->keep_audit_head({7, crypto::sha256({}), 1234}));
    }
    {
        // What that program asks of a file before it uses it.
        SQLite::Database old{file.native(), SQLite::OPEN_READWRITE};
        CHECK(old.execAndGet("PRAGMA user_version").getInt() == 1);
        CHECK(old.execAndGet("SELECT count(*) FROM requests").getInt() == 1);
    }
    auto const store = open(file);
    auto const head = store->audit_head().value();
    REQUIRE(head);
    CHECK(head->seq == 7);
    CHECK(head->hash == crypto::sha256({}));
    CHECK(head->begin == 1234);
    CHECK(store->outcomes("kiosk-1", 0, 10)->front().outcome.id == id);
}
