#include "kiosk/slots/esp_folder.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using base::Errc;
using base::to_bytes;
using slots::EspFolder;
namespace fs = std::filesystem;

TEST_CASE("folders are made with those above them", "[slots]") {
    pki::TemporaryFolder const place;
    CHECK_FALSE(EspFolder::open(place / "loader/entries"));
    REQUIRE(EspFolder::make(place / "loader/entries"));
    CHECK(EspFolder::open(place / "loader/entries"));
}

TEST_CASE("a file comes under a free name only", "[slots]") {
    pki::TemporaryFolder const place;
    auto const folder = EspFolder::open(place.path()).value();
    REQUIRE(folder.write_new("a", to_bytes("one")));
    CHECK(folder.write_new("a", to_bytes("two")).error().code == Errc::conflict);
    CHECK(folder.read("a", 10).value() == to_bytes("one"));
    CHECK(folder.read_back("a", 10).value() == to_bytes("one"));
    CHECK(folder.names().value() == std::vector<std::string>{"a"});
    REQUIRE(folder.remove("a"));
    REQUIRE(folder.remove("a"));
    CHECK(folder.read("a", 10).error().code == Errc::file_missing);
}

TEST_CASE("what a cut left half written goes, and is no hindrance", "[slots]") {
    pki::TemporaryFolder const place;
    auto const folder = EspFolder::open(place.path()).value();
    place.write("a.new", "hal");
    place.write("b.new", "hal");
    REQUIRE(folder.write_new("a", to_bytes("whole")));
    REQUIRE(folder.remove_remains());
    CHECK(folder.names().value() == std::vector<std::string>{"a"});
}

TEST_CASE("only files of a sensible size are read, and an empty one is none", "[slots]") {
    pki::TemporaryFolder const place;
    auto const folder = EspFolder::open(place.path()).value();
    place.write("large", "123456");
    place.write("empty", "");
    fs::create_directory(place / "folder");
    fs::create_symlink(place / "large", place / "link");
    CHECK(folder.read("large", 5).error().code == Errc::storage_damaged);
    CHECK(folder.read("folder", 5).error().code == Errc::storage_damaged);
    CHECK_FALSE(folder.read("link", 10));
    CHECK(folder.has("large"));
    CHECK_FALSE(folder.has("empty"));
    CHECK_FALSE(folder.has("folder"));
    CHECK_FALSE(folder.has("missing"));
}
