// A stick pulled out, or power lost, at each change that writing a bundle makes.
#include "kiosk/carry/bundle.hpp"
#include "kiosk/carry/receipts.hpp"
#include "tests/fakes/disk/disk.hpp"
#include "tests/kiosk/carry/carriers.hpp"

using namespace carry;
using namespace carry_tests;

namespace {

constexpr int rounds = 40;  // for each change, what is left differs

struct Scene {
    pki::TemporaryFolder place;
    fake::Disk disk{place.path()};
    base::Bytes sealed = body(3000);
    std::vector<ListedRequest> requests{listed(sealed), listed(sealed), listed(sealed)};
    std::string manifest = std::string(2000, 'm');
    std::mt19937 random{20260617};

    Scene() { disk.load({}); }

    base::Result<std::string> write_bundle() const {
        auto const stick = Folder::open(place.path());
        if (!stick) return base::failure(stick.error());
        auto writer = BundleWriter::begin(*stick, "kiosk-1");
        if (!writer) return base::failure(writer.error());
        for (auto const& request : requests)
            if (auto added = writer->add(request.id, sealed); !added)
                return base::failure(added.error());
        return writer->finish(7, manifest);
    }
    // How many bundles are there, and how many of them are not what was written.
    struct Found {
        int bundles = 0;
        int torn = 0;
    };
    Found look() const {
        Found found;
        auto const delivery = look_through(place.path()).value();
        for (auto const& name : delivery.bundles) {
            ++found.bundles;
            auto const bundle = Bundle::open(delivery.place, name);
            bool whole = bundle && bundle->signed_manifest() == manifest;
            for (auto const& request : requests)
                whole = whole && bundle->request(request);
            found.torn += whole ? 0 : 1;
        }
        return found;
    }
    std::int64_t changes() {
        disk.load({});
        REQUIRE(write_bundle());
        return disk.changes();
    }
};

}  // namespace

TEST_CASE("at each cut the stick holds a whole bundle or none", "[cuts]") {
    Scene scene;
    auto const changes = scene.changes();
    CHECK(changes > 10);
    int with = 0, without = 0;
    for (std::int64_t cut = 1; cut <= changes; ++cut) {
        for (int round = 0; round < rounds; ++round) {
            scene.disk.load({});
            scene.disk.set({.cut_at = cut});
            REQUIRE_FALSE(scene.write_bundle());
            scene.disk.power_on(scene.random);
            auto const found = scene.look();
            CAPTURE(cut, round);
            CHECK(found.torn == 0);
            (found.bundles > 0 ? with : without) += 1;
            if (found.bundles == 0) CHECK(scene.write_bundle());  // what is left is no hindrance
        }
    }
    CHECK(with > 0);
    CHECK(without > 0);
}

TEST_CASE("what was said to be exported survives the stick being pulled", "[cuts]") {
    Scene scene;
    for (int round = 0; round < rounds; ++round) {
        scene.disk.load({});
        REQUIRE(scene.write_bundle());
        scene.disk.power_on(scene.random);
        auto const found = scene.look();
        CHECK(found.bundles == 1);
        CHECK(found.torn == 0);
    }
}

TEST_CASE("control: a stick that lies about its syncs holds torn bundles or loses them", "[cuts]") {
    Scene scene;
    int broken = 0;
    for (int round = 0; round < rounds; ++round) {
        scene.disk.load({});
        scene.disk.set({.lies_about_sync = true});
        REQUIRE(scene.write_bundle());
        scene.disk.power_on(scene.random);
        auto const found = scene.look();
        broken += found.bundles == 0 || found.torn > 0 ? 1 : 0;
    }
    CHECK(broken > 0);
}

TEST_CASE("receipts on a stick are the older or the newer ones at each cut", "[cuts]") {
    Scene scene;
    auto const stick = [&] { return Folder::open(scene.place.path()).value(); };
    for (std::int64_t cut = 1;; ++cut) {
        bool ended = false;
        for (int round = 0; round < rounds; ++round) {
            scene.disk.load({{"receipts-kiosk-1-7", "older\n"}});
            scene.disk.set({.cut_at = cut});
            ended = write_receipts(stick(), "kiosk-1", 7, {"newer"}).has_value();
            scene.disk.power_on(scene.random);
            auto const left = read_receipts(stick(), "receipts-kiosk-1-7").value();
            CAPTURE(cut, round);
            CHECK((left == std::vector<std::string>{"older"} ||
                   left == std::vector<std::string>{"older", "newer"}));
            if (ended) CHECK(left.size() == 2);
        }
        if (ended) break;
        REQUIRE(cut < 50);
    }
}
