#include "kiosk/update/permission.hpp"

#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using namespace update;
using namespace std::chrono_literals;
using base::Errc;
namespace fs = std::filesystem;

namespace {

std::string const hash_a(64, 'a');

std::string release_text(std::int64_t build, std::string const& kernel = hash_a,
                         std::string const& compatible = "dmp-kiosk-amd64") {
    return "COMPATIBLE=" + compatible + "\nVERSION=1." + std::to_string(build) +
           "\nBUILD=" + std::to_string(build) + "\nKERNEL_SHA256=" + kernel + "\n";
}

void run(std::vector<std::string> const& arguments) {
    REQUIRE(base::Process::start({.arguments = arguments, .output = "/dev/null"}).value().wait(20s) == 0);
}

// A machine that has seen build 100, and the two ends of a rescue key.
struct Scene {
    pki::TemporaryFolder place;
    State state = State::open(place / "state").value();
    Here here{"dmp-kiosk-amd64", place / "rescue.pub.pem"};

    Scene() {
        fs::create_directory(place / "bundle");
        REQUIRE(state.raise_floor(100));
        make_key("rescue");
        run({"openssl", "pkey", "-in", place / "rescue.key", "-pubout", "-out",
             place / "rescue.pub.pem"});
    }
    void make_key(std::string const& name) const {
        run({"openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-out", place / (name + ".key")});
    }
    void bring(std::string const& release) const { place.write("bundle/release", release); }
    void sign(std::string const& key = "rescue") const {
        run({"openssl", "dgst", "-sha256", "-sign", place / (key + ".key"), "-out",
             place / "bundle/rescue.sig", place / "bundle/release"});
    }
    base::Result<Release> ask() const { return may_install(place / "bundle", here, state); }
    std::string refusal() const {
        auto const answer = ask();
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::refused);
        return answer.error().detail;
    }
};

}  // namespace

TEST_CASE("the build that runs and newer ones may come in", "[update]") {
    Scene const scene;
    scene.bring(release_text(100));
    CHECK(scene.ask());
    scene.bring(release_text(101));
    CHECK(scene.ask()->version == "1.101");
}

TEST_CASE("an older build needs the rescue key's signature on this very release", "[update]") {
    Scene const scene;
    scene.bring(release_text(99));
    CHECK_THAT(scene.refusal(), Catch::Contains("older than build 100"));
    scene.sign();
    CHECK(scene.ask());
    scene.bring(release_text(98));
    CHECK_THAT(scene.refusal(), Catch::Contains("older"));
    scene.make_key("another");
    scene.sign("another");
    CHECK_THAT(scene.refusal(), Catch::Contains("older"));
    scene.place.write("bundle/rescue.sig", "nonsense");
    CHECK_THAT(scene.refusal(), Catch::Contains("older"));
}

TEST_CASE("a version for another machine never comes in", "[update]") {
    Scene const scene;
    scene.bring(release_text(101, hash_a, "dmp-intake-amd64"));
    CHECK_THAT(scene.refusal(), Catch::Contains("for dmp-intake-amd64"));
    scene.sign();
    CHECK_THAT(scene.refusal(), Catch::Contains("for dmp-intake-amd64"));
}

TEST_CASE("what failed here is not tried again, unless rescue says so", "[update]") {
    Scene const scene;
    scene.bring(release_text(101));
    REQUIRE(scene.state.add({{"", "1.101", 101, hash_a}, "it did not start", true}));
    CHECK_THAT(scene.refusal(), Catch::Contains("it did not start"));
    scene.bring(release_text(101, std::string(64, 'b')));  // made anew
    CHECK(scene.ask());
    scene.bring(release_text(101));
    scene.sign();
    CHECK(scene.ask());
}

TEST_CASE("what failed by its surroundings is tried once more", "[update]") {
    Scene const scene;
    scene.bring(release_text(101));
    REQUIRE(scene.state.add({{"", "1.101", 101, hash_a}, "no reader", false}));
    CHECK(scene.ask());
    REQUIRE(scene.state.add({{"", "1.101", 101, hash_a}, "power was lost", false}));
    CHECK_THAT(scene.refusal(), Catch::Contains("power was lost"));
}

TEST_CASE("a bundle that does not say what it is, or a floor that is damaged, is refused",
          "[update]") {
    Scene const scene;
    CHECK_FALSE(scene.ask());
    scene.bring("COMPATIBLE=dmp-kiosk-amd64\nVERSION=1\nBUILD=200\n");  // without its kernel
    CHECK(scene.ask().error().code == Errc::malformed);
    scene.bring(release_text(200));
    CHECK(scene.ask());
    scene.place.write("state/floor", "?");
    CHECK(scene.ask().error().code == Errc::storage_damaged);
}
