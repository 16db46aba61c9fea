#include "kiosk/spooler/storage.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <fstream>
#include <random>

#include <sys/stat.h>
#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using base::Errc;

namespace {

constexpr auto file = "outbox.db";
auto const closing = ClosingHour::parse("19:00").value();

struct Kept {
    TestClock clock;
    TemporaryFolder folder;
    std::optional<Storage> storage;
    std::vector<SealedRequest> requests;

    fs::path data() const { return folder / "data"; }
    fs::path database() const { return data() / file; }

    void open(RoomLimits room = small_room()) {
        storage.reset();
        auto opened = Storage::open(data(), room, clock, closing);
        REQUIRE(opened);
        storage = std::move(*opened);
    }
    void close() {
        storage->checkpoint();
        storage.reset();
    }
    base::Result<Outbox::Enqueued> enqueue(SealedRequest const& request) {
        return storage->attempt_new([&] { return storage->outbox().enqueue(request); });
    }
    void fill(int count) {
        for (int i = 0; i < count; ++i) {
            requests.push_back(sealed_request());
            REQUIRE(enqueue(requests.back()));
        }
    }
    void finish_background_work() {
        for (int i = 0; i < 100000 && storage->has_background_work(); ++i)
            storage->background_step();
        REQUIRE_FALSE(storage->has_background_work());
    }
    int present() {
        int count = 0;
        for (auto const& request : requests) {
            auto const found = storage->attempt([&] { return storage->outbox().find(request.id); });
            REQUIRE(found);
            count += *found ? 1 : 0;
        }
        return count;
    }
    int quarantined_files() const {
        int count = 0;
        std::error_code code;
        for (auto const& entry : fs::recursive_directory_iterator{data() / "quarantine", code})
            count += entry.path().filename() == file ? 1 : 0;
        return count;
    }
};

// Overwrites a whole page, counted from 0.
void junk_page(fs::path const& path, std::int64_t page, unsigned seed) {
    std::mt19937 random{seed};
    std::string noise(4096, '\0');
    for (auto& byte : noise)
        byte = static_cast<char>(random());
    std::fstream stream{path, std::ios::in | std::ios::out | std::ios::binary};
    stream.seekp(page * 4096);
    stream.write(noise.data(), static_cast<std::streamsize>(noise.size()));
}

}  // namespace

TEST_CASE("the folder is for nobody else", "[storage]") {
    Kept kept;
    kept.open();
    struct stat status {};
    REQUIRE(::stat(kept.data().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    kept.storage.reset();
    REQUIRE(::chmod(kept.data().c_str(), 0755) == 0);
    auto const opened = Storage::open(kept.data(), small_room(), kept.clock, closing);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::permissions_unsafe);
}

TEST_CASE("a file with junk pages is set aside and what can be read is carried over", "[storage]") {
    Kept kept;
    kept.open();
    kept.fill(60);
    REQUIRE(kept.storage->attempt([&] { return kept.storage->opening().begin("A1"); }));
    REQUIRE(kept.storage->attempt([&] { return kept.storage->ledger().started(); }));
    kept.close();
    auto const pages = static_cast<std::int64_t>(fs::file_size(kept.database())) / 4096;
    for (int i = 0; i < 5; ++i)
        junk_page(kept.database(), pages / 2 + i * pages / 11, 40U + static_cast<unsigned>(i));

    kept.open();
    // Patients are served at once: the day and its ledger are there, new requests are taken.
    CHECK(kept.storage->salvaging());
    CHECK(kept.storage->day_open()->author == "A1");
    CHECK(
        kept.storage->attempt([&] { return kept.storage->ledger().day("2026-06-17"); })->started ==
        1);
    kept.fill(1);
    kept.finish_background_work();
    auto const losses = kept.storage->losses();
    CHECK(losses.countable);
    CHECK(losses.lost >= 1);
    CHECK(losses.lost <= 20);
    CHECK(losses.restored + losses.lost == 60);
    auto const balance = kept.storage->attempt([&] { return kept.storage->outbox().balance(); });
    CHECK(balance->recorded == 61);
    CHECK(balance->damaged == losses.lost);
    CHECK(balance->balanced());
    CHECK(kept.present() == losses.restored + 1);
    CHECK(kept.quarantined_files() == 1);  // for a technician
    auto const next = kept.storage->attempt([&] { return kept.storage->outbox().next(1000); });
    CHECK(next->size() == static_cast<std::size_t>(losses.restored) + 1);

    // The losses are still told after a restart, and the salvage is not done again.
    kept.close();
    kept.open();
    CHECK_FALSE(kept.storage->salvaging());
    CHECK(kept.storage->losses().lost == losses.lost);
}

TEST_CASE("an undamaged file is left where it is", "[storage]") {
    Kept kept;
    kept.open();
    kept.fill(60);
    kept.close();
    kept.open();
    kept.finish_background_work();
    CHECK(kept.present() == 60);
    CHECK(kept.storage->losses().lost == 0);
    CHECK(kept.storage->losses().countable);
    CHECK_FALSE(fs::exists(kept.data() / "quarantine"));
}

TEST_CASE("one flipped bit in a body is found in the background", "[storage]") {
    Kept kept;
    kept.open();
    kept.fill(40);
    kept.close();
    auto content = content_of(kept.database());
    auto const piece = base::to_text(base::ByteView{kept.requests[20].sealed}.subspan(6000, 32));
    auto const at = content.find(piece);
    REQUIRE(at != std::string::npos);
    content[at] = static_cast<char>(content[at] ^ 1);
    write(kept.database(), content);

    kept.open();
    CHECK_FALSE(kept.storage->salvaging());  // the structure is whole
    kept.finish_background_work();
    CHECK(kept.storage->losses().lost == 1);
    CHECK(kept.storage->losses().restored == 39);
    CHECK(kept.present() == 39);
}

TEST_CASE("a file nobody can read is set aside and the loss is called unknown", "[storage]") {
    Kept kept;
    kept.open();
    kept.fill(20);
    kept.close();
    junk_page(kept.database(), 0, 99);
    kept.open();
    kept.fill(1);
    kept.finish_background_work();
    CHECK_FALSE(kept.storage->losses().countable);
    CHECK(kept.present() == 1);
    CHECK(kept.quarantined_files() == 1);
}

TEST_CASE("a salvage that a power cut stopped goes on at the next start", "[storage]") {
    Kept kept;
    kept.open();
    kept.fill(90);
    kept.close();
    auto const pages = static_cast<std::int64_t>(fs::file_size(kept.database())) / 4096;
    junk_page(kept.database(), pages / 2, 3);
    kept.open();
    kept.storage->background_step();
    CHECK(kept.storage->salvaging());
    auto const first = kept.requests.front();
    REQUIRE(kept.storage->attempt([&] {
        return kept.storage->outbox().receipted({{first.id, "receipt"}});
    }));
    kept.open();  // without the rest of the salvage
    CHECK(kept.storage->salvaging());
    kept.finish_background_work();
    CHECK(kept.present() >= 80);
    // What was sent in between does not wait again.
    auto const state = kept.storage->attempt([&] { return kept.storage->outbox().find(first.id); });
    CHECK(**state == RequestState::receipted);
}

TEST_CASE("the log goes into quarantine with its database", "[storage]") {
    Kept kept;
    kept.open();
    kept.fill(60);
    kept.storage->checkpoint();
    kept.fill(10);  // these are in the log alone
    kept.storage.reset();
    REQUIRE(fs::file_size(kept.database().native() + "-wal") > 0);
    auto const pages = static_cast<std::int64_t>(fs::file_size(kept.database())) / 4096;
    for (int i = 0; i < 3; ++i)
        junk_page(kept.database(), pages / 2 + i * 7, 8);
    kept.open();
    kept.finish_background_work();
    int late = 0;
    for (std::size_t i = 60; i < 70; ++i)
        late +=
            *kept.storage->attempt([&] { return kept.storage->outbox().find(kept.requests[i].id); })
                ? 1
                : 0;
    CHECK(late == 10);
}

TEST_CASE("at the quota nothing new is taken, nothing is harmed, and room comes back",
          "[storage]") {
    Kept kept;
    kept.open({2, 0, 0});
    while (kept.storage->has_room() && kept.requests.size() < 1000)
        kept.fill(1);
    CHECK(kept.requests.size() > 50);
    CHECK(kept.requests.size() < 200);
    CHECK(kept.storage->percent_used() >= 99);
    // The receipts of all that waits still find room: that is what the margin is for.
    std::vector<Receipted> receipts;
    for (auto const& request : kept.requests)
        receipts.push_back({request.id, std::string(700, 'r')});
    REQUIRE(kept.storage->attempt([&] { return kept.storage->outbox().receipted(receipts); }));
    CHECK(kept.storage->has_room());
    kept.fill(1);
    kept.finish_background_work();
    CHECK(kept.storage->losses().lost == 0);
}

TEST_CASE("with too little free on the disk nothing new is taken", "[storage]") {
    Kept kept;
    kept.open({64, 1024 * 1024, 0});  // nobody has a terabyte free here
    CHECK_FALSE(kept.storage->has_room());
    kept.open();
    CHECK(kept.storage->has_room());
}

TEST_CASE("the ballast takes real blocks and is brought back", "[storage]") {
    Kept kept;
    kept.open({64, 0, 4});
    auto const ballast = kept.data() / "ballast";
    struct stat status {};
    REQUIRE(::stat(ballast.c_str(), &status) == 0);
    CHECK(status.st_blocks * 512 >= 4 * 1024 * 1024);
    fs::remove(ballast);
    kept.storage->housekeeping();
    CHECK(fs::file_size(ballast) == 4 * 1024 * 1024);
}
