#include "tests/image/power_cuts/replayed_disk.hpp"

#include "tests/catch.hpp"
#include "tests/image/power_cuts/logs.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <sys/stat.h>

using namespace power_cuts;
using spooler_test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t disk_size = 1U << 20U;

struct Disk {
    TemporaryFolder folder;
    base::Bytes content;
    WriteLog log;

    explicit Disk(LogMaker maker, std::uint64_t size = disk_size)
        : content(maker.bytes()), log(WriteLog::parse(content).value()) {
        auto const file = make_sparse(folder / "before.img", size);
        REQUIRE(file);
        REQUIRE(write_at(*file, 0, base::Bytes(512, 0xEE)));
    }
    base::Result<ReplayedDisk> replayed(Flushes flushes = Flushes::honoured) const {
        return ReplayedDisk::make(folder / "before.img", log, folder / "working.img", flushes);
    }
};

std::uint8_t sector(ReplayedDisk const& disk, std::uint64_t number) {
    auto const bytes = disk.read({number * 512, 512});
    CHECK(bytes == base::Bytes(512, bytes[0]));
    return bytes[0];
}

std::uint8_t byte_of(fs::path const& file, std::uint64_t offset) {
    return MappedFile::open(file).value().content()[offset];
}

}  // namespace

TEST_CASE("a disk goes forward through the log, and back by a new copy", "[replayed_disk]") {
    Disk const files{
        LogMaker{}.write(0, 1, 1).flush().write(0, 1, 2).flush().write(9, 1, 3).flush()};
    auto disk = files.replayed();
    REQUIRE(disk);
    CHECK(sector(*disk, 0) == 0xEE);
    for (auto const after : {2U, 4U, 6U, 2U, 0U}) {
        CAPTURE(after);
        REQUIRE(disk->cut({after, 1}));
        CHECK(sector(*disk, 0) == (after == 0 ? 0xEE : after == 2 ? 1 : 2));
        CHECK(sector(*disk, 9) == (after == 6 ? 3 : 0));
    }
    CHECK(byte_of(files.folder / "before.img", 0) == 0xEE);
}

TEST_CASE("what was not safe is there in one cut and gone in the next", "[replayed_disk]") {
    Disk const files{LogMaker{}.write(1, 1, 1).flush().write(2, 1, 2)};
    auto disk = files.replayed();
    REQUIRE(disk);
    bool kept = false;
    bool lost = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        REQUIRE(disk->cut({3, seed}));
        CHECK(sector(*disk, 1) == 1);
        (sector(*disk, 2) == 2 ? kept : lost) = true;
        // A file made of it says the same.
        REQUIRE(disk->extract({512, 1024}, files.folder / "part.img"));
        CHECK(byte_of(files.folder / "part.img", 0) == 1);
        CHECK(byte_of(files.folder / "part.img", 512) == sector(*disk, 2));
        CHECK(fs::file_size(files.folder / "part.img") == 1024);
    }
    CHECK((kept && lost));
}

TEST_CASE("a piece at the edge of a range is taken in part", "[replayed_disk]") {
    Disk const files{LogMaker{}.write(10, 4, 7).entry(20, 4, discard_flag)};
    auto disk = files.replayed();
    REQUIRE(disk);
    std::uint64_t seed = 0;
    while (remains(files.log, {2, seed}, Flushes::honoured).size() != 2)
        ++seed;
    REQUIRE(disk->cut({2, seed}));
    auto const all = disk->read({10 * 512, 4 * 512});
    REQUIRE(disk->extract({12 * 512, 10 * 512}, files.folder / "part.img"));
    CHECK(byte_of(files.folder / "part.img", 0) == all[2 * 512]);
    CHECK(byte_of(files.folder / "part.img", 2 * 512) == 0);
}

TEST_CASE("a discard that became safe is zeros", "[replayed_disk]") {
    Disk const files{LogMaker{}.entry(0, 1, discard_flag).flush()};
    auto disk = files.replayed();
    REQUIRE(disk);
    REQUIRE(disk->cut({2, 0}));
    CHECK(sector(*disk, 0) == 0);
}

TEST_CASE("a hash is that of the bytes as they are after each cut", "[replayed_disk]") {
    Disk const files{LogMaker{}.write(4, 1, 1).flush().write(100, 1, 9).flush().write(5, 1, 2)};
    auto disk = files.replayed();
    REQUIRE(disk);
    ByteRange const range{4 * 512, 1024};
    for (std::size_t after = 0; after <= 5; ++after) {
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            REQUIRE(disk->cut({after, seed}));
            CHECK(disk->sha256(range) == crypto::sha256(disk->read(range)));
        }
    }
}

TEST_CASE("a large disk of which little was written takes little room", "[replayed_disk]") {
    constexpr std::uint64_t size = std::uint64_t{4} << 30U;
    Disk const files{LogMaker{}.write(size / 512 - 1, 1, 5).flush(), size};
    auto disk = files.replayed();
    REQUIRE(disk);
    REQUIRE(disk->cut({2, 0}));
    CHECK(sector(*disk, size / 512 - 1) == 5);
    REQUIRE(disk->extract({0, size}, files.folder / "whole.img"));
    CHECK(fs::file_size(files.folder / "whole.img") == size);
    struct stat facts {};
    REQUIRE(::stat((files.folder / "whole.img").c_str(), &facts) == 0);
    CHECK(facts.st_blocks * 512 < 1 << 20);
}

TEST_CASE("a log that writes beyond the disk is not of this disk", "[replayed_disk]") {
    Disk const files{LogMaker{}.write(disk_size / 512, 1, 1)};
    auto const disk = files.replayed();
    REQUIRE_FALSE(disk);
    CHECK(disk.error().code == base::Errc::malformed);
}
