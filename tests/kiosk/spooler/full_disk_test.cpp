// A disk that is really full: a small file system of its own, in a name space of its own.
#include "kiosk/spooler/storage.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/own_mounts.hpp"

#include <fstream>

using namespace spooler;
using namespace spooler_test;

TEST_CASE("on a full disk receipts still find room, because the ballast goes", "[full_disk]") {
    run_with_own_mounts("[.full_disk_inside]");
}

TEST_CASE("inside a small disk", "[.full_disk_inside]") {
    TemporaryFolder const disk;
    mount_in_memory(disk.path(), "size=12m,mode=700");
    TestClock const clock;
    auto const closing = ClosingHour::parse("19:00").value();
    auto const data = disk.path() / "data";
    auto opened = Storage::open(data, {64, 0, 4}, clock, closing);
    REQUIRE(opened);
    auto& storage = *opened;
    auto const ballast = data / "ballast";
    REQUIRE(fs::exists(ballast));
    std::vector<SealedRequest> recorded;
    base::Error error{};
    while (error.detail.empty() && recorded.size() < 2000) {
        auto request = sealed_request();
        auto const done = storage.attempt_new([&] { return storage.outbox().enqueue(request); });
        if (done)
            recorded.push_back(std::move(request));
        else
            error = done.error();
    }
    CHECK(error.code == base::Errc::storage_full);
    CHECK(recorded.size() > 100);
    CHECK(fs::exists(ballast));  // a new request does not get the ballast
    {
        // Somebody else takes the very last bytes.
        std::ofstream rest{disk.path() / "rest", std::ios::binary};
        while (rest << 'x' << std::flush) {
        }
        REQUIRE_FALSE(rest);
    }
    int needed_ballast = 0;
    // In batches, as they come from the uplink.
    for (std::size_t i = 0; i < recorded.size(); i += 32) {
        std::vector<Receipted> receipts;
        for (std::size_t n = i; n < std::min(i + 32, recorded.size()); ++n)
            receipts.push_back({recorded[n].id, std::string(700, 'r')});
        auto const keep = [&] { return storage.outbox().receipted(receipts); };
        // The control: as long as the ballast stays, the disk really is too full.
        if (auto const without = storage.attempt_new(keep); without)
            continue;
        else
            CHECK(without.error().code == base::Errc::storage_full);
        ++needed_ballast;
        auto const kept = storage.attempt(keep);
        CAPTURE(i);
        REQUIRE(kept);
    }
    CHECK(needed_ballast == 1);
    CHECK_FALSE(fs::exists(ballast));
    CHECK(storage.attempt([&] { return storage.outbox().counts(); })->receipted ==
          static_cast<std::int64_t>(recorded.size()));
    CHECK(storage.losses().lost == 0);
    CHECK(storage.healthy());
    fs::remove(disk.path() / "rest");
    storage.checkpoint();
    storage.housekeeping();
    CHECK(fs::exists(ballast));
    CHECK(storage.attempt_new([&] { return storage.outbox().enqueue(sealed_request()); }));
    unmount(disk.path());
}
