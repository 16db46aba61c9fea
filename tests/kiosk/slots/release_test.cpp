#include "kiosk/slots/release.hpp"

#include "tests/catch.hpp"

using slots::parse_release;

TEST_CASE("a release says what it is for, its version and its build", "[slots]") {
    auto const hash = std::string(64, 'a');
    auto const release = parse_release("VERSION=1.2~rc1\nBUILD=1780000000\nOTHER=x\n"
                                       "COMPATIBLE=dmp-kiosk-amd64\nKERNEL_SHA256=" +
                                       hash);
    REQUIRE(release);
    CHECK(release->version == "1.2~rc1");
    CHECK(release->build == 1780000000);
    CHECK(release->compatible == "dmp-kiosk-amd64");
    CHECK(release->kernel_sha256 == hash);
}

TEST_CASE("a release that lacks something or says it wrongly is refused by name", "[slots]") {
    auto const complaint = [](std::string const& text) {
        return parse_release(text).error().detail;
    };
    std::string const whole = "COMPATIBLE=x\nVERSION=1\nBUILD=5\n";
    REQUIRE(parse_release(whole));
    CHECK_THAT(complaint(""), Catch::Contains("COMPATIBLE"));
    CHECK_THAT(complaint("COMPATIBLE=x\nBUILD=5\n"), Catch::Contains("VERSION"));
    CHECK_THAT(complaint("COMPATIBLE=x\nVERSION=a b\nBUILD=5\n"), Catch::Contains("VERSION"));
    CHECK_THAT(complaint("COMPATIBLE=x\nVERSION=" + std::string(65, '1') + "\nBUILD=5\n"),
               Catch::Contains("VERSION"));
    for (auto const* build : {"", "0", "-1", "5x", "99999999999999999999"}) {
        CAPTURE(build);
        CHECK_THAT(complaint("COMPATIBLE=x\nVERSION=1\nBUILD=" + std::string{build} + "\n"),
                   Catch::Contains("BUILD"));
    }
    CHECK_THAT(complaint(whole + "KERNEL_SHA256=abc\n"), Catch::Contains("KERNEL_SHA256"));
}
