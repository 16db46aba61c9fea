#include "kiosk/input_watch.hpp"

#include "tests/catch.hpp"

#include <cstdlib>
#include <fstream>

using namespace std::chrono_literals;
using kiosk::InputWatch;

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/input-watch-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }

    void connect(std::string const& device) const { std::ofstream{path / device} << ""; }
};

}  // namespace

TEST_CASE("an input device that comes is told once, when it has settled") {
    Folder const folder;
    auto watch = InputWatch::open(folder.path);
    REQUIRE(watch);
    auto const now = InputWatch::Clock::now();
    CHECK_FALSE(watch->take(now));
    CHECK_FALSE(watch->due());
    folder.connect("event7");
    CHECK_FALSE(watch->take(now));
    CHECK(watch->due() == now + InputWatch::settling);
    SECTION("alone") { CHECK(watch->take(now + InputWatch::settling)); }
    SECTION("with others after it") {
        folder.connect("event8");
        CHECK_FALSE(watch->take(now + 900ms));
        CHECK_FALSE(watch->take(now + InputWatch::settling));
        CHECK(watch->take(now + 900ms + InputWatch::settling));
    }
    CHECK_FALSE(watch->take(now + 1h));
}

TEST_CASE("what goes, and what is no event device, is not told") {
    Folder const folder;
    folder.connect("event7");
    auto watch = InputWatch::open(folder.path);
    REQUIRE(watch);
    std::filesystem::remove(folder.path / "event7");
    folder.connect("mouse0");
    CHECK_FALSE(watch->take(InputWatch::Clock::now()));
    CHECK_FALSE(watch->due());
}

TEST_CASE("without the folder of the devices nothing is watched") {
    CHECK_FALSE(InputWatch::open("/nowhere/input"));
}
