#include "tests/image/power_cuts/partitions.hpp"

#include "tests/catch.hpp"
#include "tests/image/power_cuts/logs.hpp"
#include "tests/image/power_cuts/tool.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <cstdlib>

using namespace power_cuts;
using spooler_test::TemporaryFolder;

namespace {

constexpr std::uint64_t disk_size = 8U << 20U;

// A disk with the table that sfdisk makes, seen after `maker`'s writes.
struct Disk {
    TemporaryFolder folder;
    base::Bytes content;
    WriteLog log;

    explicit Disk(LogMaker maker) : content(maker.bytes()), log(WriteLog::parse(content).value()) {
        REQUIRE(make_sparse(folder / "before.img", disk_size));
        spooler_test::write(
            folder / "table",
            "label: gpt\nstart=2048, size=4096, name=ESP\nsize=2048, name=root-a\n");
        auto const command =
            "sfdisk -q " + (folder / "before.img").native() + " < " + (folder / "table").native();
        auto const ran = run_tool({"sh", "-c", command}, folder.path());
        REQUIRE(ran);
        INFO(ran->output);
        REQUIRE(ran->code == 0);
    }
    base::Result<std::vector<Partition>> read() const {
        auto disk = ReplayedDisk::make(folder / "before.img", log, folder / "working.img");
        REQUIRE(disk);
        REQUIRE(disk->cut({log.entries().size(), 0}));
        return partitions(*disk);
    }
};

constexpr auto last_sector = disk_size / 512 - 1;

}  // namespace

TEST_CASE("the partitions of a disk are found by their names", "[partitions]") {
    auto const found = Disk{LogMaker{}}.read();
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK(find_partition(*found, "ESP") == ByteRange{2048 * 512, 4096 * 512});
    CHECK(find_partition(*found, "root-a") == ByteRange{6144 * 512, 2048 * 512});
    CHECK(find_partition(*found, "data").error().code == base::Errc::file_missing);
}

TEST_CASE("a torn table is read from the end of the disk", "[partitions]") {
    for (auto const torn : {1U, 2U}) {  // its head, its entries
        CAPTURE(torn);
        auto const found = Disk{LogMaker{}.write(torn, 1, 0xFF).flush()}.read();
        REQUIRE(found);
        CHECK(find_partition(*found, "ESP"));
    }
}

TEST_CASE("a disk without a whole table has no partitions", "[partitions]") {
    for (auto const torn : {last_sector, last_sector - 32}) {
        CAPTURE(torn);
        auto const found = Disk{LogMaker{}.write(2, 1, 0xFF).write(torn, 1, 0xFF).flush()}.read();
        REQUIRE_FALSE(found);
        CHECK(found.error().code == base::Errc::malformed);
    }
}
