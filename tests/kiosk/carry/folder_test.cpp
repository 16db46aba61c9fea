#include "kiosk/carry/folder.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace carry;
using base::Errc;
namespace fs = std::filesystem;

namespace {

struct Stick {
    pki::TemporaryFolder place;
    Folder folder = Folder::open(place.path()).value();
};

}  // namespace

TEST_CASE("what is written is read back, and never over another file", "[folder]") {
    Stick const stick;
    auto const content = base::to_bytes("sealed");
    REQUIRE(stick.folder.write("a", content));
    CHECK(stick.folder.read("a", 6).value() == content);
    CHECK(stick.folder.write("a", content).error().code == Errc::conflict);
    REQUIRE(stick.folder.replace("a", base::to_bytes("new")));
    CHECK(stick.folder.read("a", 6).value() == base::to_bytes("new"));
    CHECK(stick.folder.names(5).value() == std::vector<std::string>{"a"});
    CHECK(stick.folder.read("b", 6).error().code == Errc::file_missing);
}

TEST_CASE("only plain files of the expected size are read", "[folder]") {
    Stick const stick;
    stick.place.write("large", std::string(7, 'x'));
    stick.place.write("secret", "secret");
    fs::create_symlink(stick.place / "secret", stick.place / "link");
    fs::create_directory(stick.place / "folder");
    fs::create_directory_symlink(stick.place / "folder", stick.place / "folder-link");
    REQUIRE(::mkfifo((stick.place / "pipe").c_str(), 0600) == 0);
    CHECK_THAT(stick.folder.read("large", 6).error().detail, Catch::Contains("larger"));
    REQUIRE(stick.folder.read("large", 7));
    for (auto const* name :
         {"link", "folder", "pipe", "folder-link", "../secret", "..", "", "a/b"}) {
        INFO(name);
        CHECK(stick.folder.read(name, 100).error().code == Errc::file_unreadable);
    }
    CHECK(stick.folder.enter("folder-link").error().code == Errc::file_unreadable);
    CHECK(stick.folder.enter("..").error().code == Errc::file_unreadable);
    REQUIRE(stick.folder.enter("folder"));
    CHECK(stick.folder.write("link", base::to_bytes("x")).error().code == Errc::conflict);
    CHECK(stick.folder.read("secret", 6).value() == base::to_bytes("secret"));
}

TEST_CASE("a full stick is said to be full and keeps no half a file", "[folder]") {
    Stick const stick;
    auto const ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit const small{1000, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    auto const full = stick.folder.write("a", base::Bytes(2000));
    auto const fits = stick.folder.write("b", base::Bytes(1000));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, ignored);
    REQUIRE_FALSE(full);
    CHECK(full.error().code == Errc::storage_full);
    CHECK_THAT(full.error().detail, Catch::Contains("the stick is full"));
    CHECK(fits);
    CHECK(stick.folder.names(5).value() == std::vector<std::string>{"b"});
}

TEST_CASE("one program at a time writes on a stick", "[folder]") {
    Stick const stick;
    REQUIRE(stick.folder.lock());
    {
        auto const second = Folder::open(stick.place.path()).value();
        CHECK(second.lock().error().code == Errc::conflict);
    }
    stick.place.write("a", "");
    stick.place.write("b", "");
    CHECK_THAT(stick.folder.names(1).error().detail, Catch::Contains("more than 1 files"));
    CHECK(Folder::open(stick.place / "a").error().code == Errc::file_unreadable);
    CHECK(Folder::open(stick.place / "none").error().code == Errc::file_missing);
}
