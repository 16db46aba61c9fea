#include "kiosk/spooler/schema.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "kiosk/spooler/outbox.hpp"
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

TEST_CASE("laying out a file of today changes nothing in it", "[outbox]") {
    TemporaryFolder const folder;
    auto database = database_in(folder.path());
    REQUIRE(database.checkpoint());
    auto const before = content_of(folder / "outbox.db");
    REQUIRE(lay_out(database));
    REQUIRE(database.checkpoint());
    CHECK(content_of(folder / "outbox.db") == before);
}
