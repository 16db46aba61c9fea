#include "kiosk/carry/bundle.hpp"

#include "tests/kiosk/carry/carriers.hpp"

#include <fstream>

#include <sys/stat.h>

using namespace carry;
using namespace carry_tests;
using base::Errc;
namespace fs = std::filesystem;

namespace {

struct Stick {
    pki::TemporaryFolder place;
    Folder folder = Folder::open(place.path()).value();
    base::Bytes sealed = body();
    std::vector<ListedRequest> requests{listed(sealed), listed(sealed)};

    std::string write() const {
        auto writer = BundleWriter::begin(folder, "kiosk-1").value();
        for (auto const& request : requests)
            REQUIRE(writer.add(request.id, sealed));
        return writer.finish(7, "signed").value();
    }
    fs::path file(ListedRequest const& request) const {
        return place.path() / "bundle-kiosk-1-7" / (request.id.text() + ".cms");
    }
};

}  // namespace

TEST_CASE("a finished bundle is found and holds what it lists", "[bundle]") {
    Stick const stick;
    CHECK(stick.write() == "bundle-kiosk-1-7");
    for (auto const& path : {stick.place.path(), stick.place / "bundle-kiosk-1-7"}) {
        auto const found = look_through(path).value();
        CHECK(found.bundles == std::vector<std::string>{"bundle-kiosk-1-7"});
        CHECK(found.unfinished.empty());
        auto const bundle = Bundle::open(found.place, found.bundles.front()).value();
        CHECK(bundle.signed_manifest() == "signed");
        CHECK(bundle.request(stick.requests[1]).value() == stick.sealed);
        CHECK(bundle.request(listed(stick.sealed)).error().code == Errc::file_missing);
    }
    CHECK(look_through(stick.place / "none").error().code == Errc::file_missing);
}

TEST_CASE("a stick pulled at any moment holds a whole bundle or one that is refused", "[bundle]") {
    Stick const stick;
    stick.write();
    // Each moment before the end, as the stick would hold it: the folder not renamed yet.
    fs::rename(stick.place / "bundle-kiosk-1-7", stick.place / "unfinished-kiosk-1");
    auto const found = look_through(stick.place.path()).value();
    CHECK(found.bundles.empty());
    CHECK(found.unfinished == std::vector<std::string>{"unfinished-kiosk-1"});
    // Renamed by hand, or by a file system that changes the order: without manifest it is refused.
    fs::rename(stick.place / "unfinished-kiosk-1", stick.place / "bundle-kiosk-1-7");
    fs::remove(stick.place / "bundle-kiosk-1-7" / "manifest.jws");
    auto const opened = Bundle::open(stick.folder, "bundle-kiosk-1-7");
    REQUIRE_FALSE(opened);
    CHECK(opened.error().detail ==
          "bundle-kiosk-1-7: not a whole bundle: the stick was pulled out too early; export again");
}

TEST_CASE("a writer that ends early takes its files along, and the next begins anew", "[bundle]") {
    Stick const stick;
    {
        auto writer = BundleWriter::begin(stick.folder, "kiosk-1").value();
        REQUIRE(writer.add(stick.requests[0].id, stick.sealed));
        CHECK(fs::exists(stick.place / "unfinished-kiosk-1"));
    }
    CHECK(stick.folder.names(9)->empty());
    // What a power cut left behind.
    fs::create_directory(stick.place / "unfinished-kiosk-1");
    std::ofstream{stick.place / "unfinished-kiosk-1" / (stick.requests[0].id.text() + ".cms")}
        << "torn";
    CHECK(stick.write() == "bundle-kiosk-1-7");
    CHECK(Bundle::open(stick.folder, "bundle-kiosk-1-7")->request(stick.requests[0]));
    // Somebody's file in it stays, and is named.
    fs::create_directory(stick.place / "unfinished-kiosk-1");
    std::ofstream{stick.place / "unfinished-kiosk-1" / "holiday.jpg"} << "x";
    CHECK_FALSE(BundleWriter::begin(stick.folder, "kiosk-1"));
    CHECK(fs::exists(stick.place / "unfinished-kiosk-1" / "holiday.jpg"));
}

TEST_CASE("a file that is not the one listed is named", "[bundle]") {
    Stick const stick;
    stick.write();
    auto const bundle = Bundle::open(stick.folder, "bundle-kiosk-1-7").value();
    auto const& wanted = stick.requests[0];
    auto const file = stick.file(wanted);
    auto const refused = [&] {
        auto const read = bundle.request(wanted);
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().detail, Catch::Contains(wanted.id.text() + ".cms"));
    };
    REQUIRE(bundle.request(wanted));
    fs::resize_file(file, 50);
    refused();
    fs::resize_file(file, 100);  // the right size, other bytes
    refused();
    fs::resize_file(file, largest_request + 1);
    refused();
    fs::remove(file);
    refused();
    fs::create_symlink(stick.file(stick.requests[1]), file);  // the right bytes, by a link
    refused();
    fs::remove(file);
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    refused();
    CHECK(bundle.request(stick.requests[1]));
}
