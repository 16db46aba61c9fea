#include "drivers/input/devices.hpp"

#include "tests/catch.hpp"

#include <cstdlib>
#include <fstream>

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/input-devices-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("without a folder of devices nobody could tell that one comes") {
    auto const devices = input::Devices::open("/nowhere/input", {KEY_ENTER});
    REQUIRE_FALSE(devices);
    CHECK_THAT(devices.error().detail, Catch::Contains("/nowhere/input"));
}

TEST_CASE("what is no input device is left alone, whenever it comes") {
    Folder const folder;
    std::ofstream{folder.path / "event0"} << "no device";
    auto devices = input::Devices::open(folder.path, {KEY_ENTER});
    REQUIRE(devices);
    CHECK(devices->descriptors().size() == 1);
    std::ofstream{folder.path / "event1"} << "no device";
    CHECK(devices->take().empty());
    CHECK(devices->descriptors().size() == 1);
    CHECK(devices->take_news().empty());
}
