// A disk that is really full: a small file system of its own, in a name space of its own.
#include "kiosk/spooler/storage.hpp"

#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <fstream>

using namespace spooler;
using namespace spooler_test;

TEST_CASE("on a full disk receipts still find room, because the ballast goes", "[full_disk]") {
    TemporaryFolder const folder;
    auto const output = folder / "output";
    auto const mount = "mount -t tmpfs -o size=12m,mode=700 none " + (folder / "disk").native();
    auto const script = mount + " && SPOOLER_FULL_DISK=" + (folder / "disk").native() + " exec " +
                        fs::read_symlink("/proc/self/exe").native() + " '[.full_disk_inside]'";
    fs::create_directory(folder / "disk");
    auto const start = [&](std::string const& command) {
        auto started = base::Process::start(
            {{"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", command}, {}, output});
        REQUIRE(started);
        auto const ended = started->wait(20s);
        REQUIRE(ended);
        return *ended;
    };
    if (start(mount) != 0) {
        WARN("no user name spaces with mounts here: the full disk was not tried");
        return;
    }
    auto const code = start(script);
    INFO(content_of(output));
    CHECK(code == 0);
    CHECK(content_of(output).find("All tests passed") != std::string::npos);
}

TEST_CASE("inside a small disk", "[.full_disk_inside]") {
    auto const* disk = std::getenv("SPOOLER_FULL_DISK");
    REQUIRE(disk != nullptr);
    TestClock const clock;
    auto const closing = ClosingHour::parse("19:00").value();
    auto const data = fs::path{disk} / "data";
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
        std::ofstream rest{fs::path{disk} / "rest", std::ios::binary};
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
    fs::remove(fs::path{disk} / "rest");
    storage.checkpoint();
    storage.housekeeping();
    CHECK(fs::exists(ballast));
    CHECK(storage.attempt_new([&] { return storage.outbox().enqueue(sealed_request()); }));
}
