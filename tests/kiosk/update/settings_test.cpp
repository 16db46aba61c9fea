#include "kiosk/update/settings.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using update::Settings;
using namespace std::chrono_literals;

TEST_CASE("the image's limits are those of the product", "[update]") {
    auto const settings = Settings::read(IMAGE_JUDGE);
    REQUIRE(settings);
    CHECK(settings->limits.slowest_answer == 200ms);
    CHECK(settings->limits.answers == 10);
    CHECK(settings->proof_within == 120s);
    CHECK(settings->surroundings_within == 60s);
}

TEST_CASE("a limit that is missing, senseless or unknown is named", "[update]") {
    pki::TemporaryFolder const place;
    std::string const whole = "slowest_answer_ms = 200\nproof_within_s = 120\n";
    auto const complaint = [&](std::string const& text) {
        auto const settings = Settings::read(place.write("judge.toml", text));
        return settings ? std::string{} : settings.error().detail;
    };
    CHECK(complaint(whole + "surroundings_within_s = 0\n").empty());
    CHECK_THAT(complaint(whole), Catch::Contains("surroundings_within_s"));
    CHECK_THAT(complaint("slowest_answer_ms = 0\n"), Catch::Contains("slowest_answer_ms"));
    CHECK_THAT(complaint(whole + "surroundings_within_s = 0\nx = 1\n"), Catch::Contains("x"));
}
