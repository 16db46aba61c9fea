#include "tests/image/power_cuts/boot_judge.hpp"

#include "tests/catch.hpp"
#include "tests/image/power_cuts/logs.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

using namespace power_cuts;
using spooler_test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t root_bytes = 4096;
constexpr ByteRange root_a{0, 8192};
constexpr ByteRange root_b{8192, 8192};

std::string hash(base::ByteView bytes) { return base::to_hex(crypto::sha256(bytes)); }

// Version 1 in slot a, version 2 in slot b; the roots are sectors of 1 and of 2.
struct Machine {
    TemporaryFolder folder;
    base::Bytes content = LogMaker{}.write(0, 8, 1).write(16, 8, 2).flush().bytes();
    WriteLog log = WriteLog::parse(content).value();
    std::vector<RecordedVersion> versions{
        {"1", hash(base::to_bytes("kernel 1")), hash(base::Bytes(root_bytes, 1)), root_bytes},
        {"2", hash(base::to_bytes("kernel 2")), hash(base::Bytes(root_bytes, 2)), root_bytes}};

    Machine() {
        fs::create_directories(folder.path() / "loader" / "entries");
        fs::create_directories(folder.path() / "EFI" / "dmp");
        REQUIRE(make_sparse(folder / "before.img", 16384));
        kernel("a", "kernel 1");
        kernel("b", "kernel 2");
    }
    void kernel(std::string const& slot, std::string const& text) const {
        spooler_test::write(folder.path() / "EFI" / "dmp" / (slot + ".efi"), text);
    }
    void entry(std::string const& file, std::string const& slot, std::string const& key) const {
        spooler_test::write(folder.path() / "loader" / "entries" / file,
                            "sort-key " + key + "\nefi /EFI/dmp/" + slot + ".efi\n");
    }
    Verdict judged() const {
        auto disk =
            ReplayedDisk::make(folder / "before.img", log, folder / "working.img").value();
        REQUIRE(disk.cut({3, 0}));
        Verdict verdict;
        judge_boot(disk, {{"root-a", root_a}, {"root-b", root_b}}, folder.path(), versions,
                   verdict);
        CHECK(verdict.boots == verdict.holds());
        return verdict;
    }
};

}  // namespace

TEST_CASE("what boots is whole when kernel and root are of one version", "[boot_judge]") {
    Machine const machine;
    CHECK_FALSE(machine.judged().boots);  // no entry at all
    machine.entry("kiosk-a.conf", "a", "500000");
    CHECK(machine.judged().boots);
    machine.entry("kiosk-b+3.conf", "b", "499999");
    CHECK(machine.judged().boots);
}

TEST_CASE("a first choice that is not whole is found, though the second is", "[boot_judge]") {
    Machine machine;
    machine.entry("kiosk-a.conf", "a", "500000");
    machine.entry("kiosk-b+3.conf", "b", "499999");
    SECTION("a torn kernel") { machine.kernel("b", "kernel"); }
    SECTION("the other version's kernel") { machine.kernel("b", "kernel 1"); }
    SECTION("a root that was not written whole") { machine.versions[1].root_bytes = 8192; }
    SECTION("a root that is larger than its slot") { machine.versions[1].root_bytes = 8193; }
    CHECK_FALSE(machine.judged().boots);
}

TEST_CASE("what does not boot need not be whole", "[boot_judge]") {
    Machine const machine;
    machine.entry("kiosk-a.conf", "a", "500000");
    machine.kernel("b", "torn");
    SECTION("no entry names it") {}
    SECTION("its tries are used up") { machine.entry("kiosk-b+0-3.conf", "b", "499999"); }
    SECTION("its entry is cut off") {
        spooler_test::write(machine.folder.path() / "loader" / "entries" / "kiosk-b+3.conf",
                            "sort-key 499999\nef");
    }
    CHECK(machine.judged().boots);
}
