#include "tests/image/power_cuts/file_systems.hpp"

#include "tests/catch.hpp"
#include "tests/image/power_cuts/sparse_file.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <fcntl.h>

using namespace power_cuts;
using spooler_test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t size = 8U << 20U;

struct Image {
    TemporaryFolder folder;
    fs::path file = folder / "image";
    fs::path copy = folder / "copy";

    explicit Image(std::vector<std::string> make) {
        REQUIRE(make_sparse(file, size));
        fs::create_directory(copy);
        make.push_back(file);
        run(make);
    }
    void run(std::vector<std::string> const& command) const {
        auto const ran = run_tool(command, folder.path());
        REQUIRE(ran);
        INFO(ran->output);
        REQUIRE(ran->code == 0);
    }
    void damage(std::uint64_t offset, std::size_t bytes) const {
        base::Descriptor const descriptor{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};
        REQUIRE(write_at(descriptor, offset, base::Bytes(bytes, 0xFF)));
    }
};

}  // namespace

TEST_CASE("a whole ext4 is repaired without a word, a damaged one is told", "[file_systems]") {
    Image const image{{"mke2fs", "-q", "-t", "ext4"}};
    image.run({"debugfs", "-w", "-R", "mkdir lib", image.file});
    CHECK(repair_ext4(image.file, image.folder.path()));
    CHECK(copy_from_ext4(image.file, "/lib", image.copy, image.folder.path()) == true);
    CHECK(fs::is_directory(image.copy / "lib"));
    CHECK(copy_from_ext4(image.file, "/none", image.copy, image.folder.path()) == false);
    image.damage(std::uint64_t{4} << 10U, 16 << 10);  // group descriptors and inodes
    auto const repaired = repair_ext4(image.file, image.folder.path());
    REQUIRE_FALSE(repaired);
    CHECK(repaired.error().code == base::Errc::storage_damaged);
}

TEST_CASE("a whole FAT is repaired without a word, a damaged one is told", "[file_systems]") {
    Image const image{{"mkfs.vfat"}};
    spooler_test::write(image.folder / "kernel", std::string(100'000, 'k'));
    image.run({"mmd", "-i", image.file, "::/EFI"});
    image.run({"mcopy", "-i", image.file, image.folder / "kernel", "::/EFI/a.efi"});
    CHECK(repair_fat(image.file, image.folder.path()));
    CHECK(copy_from_fat(image.file, "/EFI", image.copy, image.folder.path()) == true);
    CHECK(spooler_test::content_of(image.copy / "EFI" / "a.efi") == std::string(100'000, 'k'));
    CHECK(copy_from_fat(image.file, "/none", image.copy, image.folder.path()) == false);
    image.damage(1536, 16 << 10);  // both copies of its table, and the folder
    CHECK_FALSE(repair_fat(image.file, image.folder.path()));
}

TEST_CASE("a program that is not there is an error, and no finding", "[file_systems]") {
    TemporaryFolder const folder;
    auto const checked = repair_ext4(folder / "none", folder.path());
    REQUIRE_FALSE(checked);
    CHECK(run_tool({"no-such-program"}, folder.path()).value().code == 127);
}
