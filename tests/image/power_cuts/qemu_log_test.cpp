// Logs as QEMU itself writes them.
#include "tests/catch.hpp"
#include "tests/image/power_cuts/replayed_disk.hpp"
#include "tests/image/power_cuts/tool.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

using namespace power_cuts;
using spooler_test::TemporaryFolder;

namespace {

// What qemu-io is told to do to a disk of one MiB of zeros, logged.
struct Logged {
    TemporaryFolder folder;
    MappedFile content;
    WriteLog log;

    explicit Logged(std::vector<std::string> const& commands)
        : content(made(commands)), log(WriteLog::parse(content.content()).value()) {}

    MappedFile made(std::vector<std::string> const& commands) const {
        for (auto const* name : {"before.img", "disk.img"})
            REQUIRE(make_sparse(folder / name, 1U << 20U));
        REQUIRE(make_sparse(folder / "writes.log", 0));
        std::vector<std::string> all{
            "qemu-io", "--image-opts",
            "driver=blklogwrites,discard=unmap,log-super-update-interval=1,"
            "file.driver=file,file.filename=" +
                (folder / "disk.img").native() +
                ",log.driver=file,log.filename=" + (folder / "writes.log").native()};
        for (auto const& command : commands) {
            all.emplace_back("-c");
            all.push_back(command);
        }
        auto const ran = run_tool(all, folder.path());
        REQUIRE(ran);
        INFO(ran->output);
        REQUIRE(ran->code == 0);
        auto mapped = MappedFile::open(folder / "writes.log");
        REQUIRE(mapped);
        return std::move(*mapped);
    }
};

}  // namespace

TEST_CASE("what QEMU logs is read entry by entry", "[qemu_log]") {
    Logged const logged{{"write -P 0x11 0 4k", "write -P 0x22 64k 512", "flush", "write -z 128k 8k",
                         "discard 256k 4k", "write -f -P 0x33 4k 512"}};
    // QEMU 7.2 logs some flushes twice, and makes a forced write of a write and a flush.
    std::vector<LogEntry> writes;
    std::vector<std::size_t> flushed;  // how many writes were before
    for (auto const& entry : logged.log.entries()) {
        if (entry.range.length != 0)
            writes.push_back(entry);
        else if (entry.flush && (flushed.empty() || flushed.back() != writes.size()))
            flushed.push_back(writes.size());
    }
    CHECK(flushed == std::vector<std::size_t>{2, 5});
    REQUIRE(writes.size() == 5);
    CHECK(writes[0].range == ByteRange{0, 4096});
    CHECK(base::Bytes{writes[0].data.begin(), writes[0].data.end()} == base::Bytes(4096, 0x11));
    CHECK(writes[1].range == ByteRange{64 << 10, 512});
    CHECK(writes[2].range == ByteRange{128 << 10, 8192});
    CHECK((writes[2].data.size() == 8192 && writes[2].data[0] == 0));
    CHECK((writes[3].discard && writes[3].range == ByteRange{256 << 10, 4096}));
    CHECK(writes[4].range == ByteRange{4096, 512});
}

TEST_CASE("the log replayed to its end is the disk that QEMU wrote", "[qemu_log]") {
    std::vector<std::string> commands;
    for (int i = 0; i < 60; ++i) {
        commands.push_back("write -P " + std::to_string(i + 1) + " " +
                           std::to_string(i * 37 % 200 * 4096) + " " +
                           std::to_string((i % 5 + 1) * 1024));
        if (i % 7 == 0) commands.emplace_back("flush");
    }
    commands.emplace_back("flush");
    Logged const logged{commands};
    auto disk =
        ReplayedDisk::make(logged.folder / "before.img", logged.log, logged.folder / "working.img");
    REQUIRE(disk);
    REQUIRE(disk->cut({logged.log.entries().size(), 0}));
    auto const written = MappedFile::open(logged.folder / "disk.img");
    REQUIRE(written);
    CHECK(disk->sha256({0, disk->size()}) == crypto::sha256(written->content()));
}
