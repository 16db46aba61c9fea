#include "kiosk/spooler/back_off.hpp"

#include "tests/catch.hpp"

using spooler::BackOff;
using namespace std::chrono_literals;

namespace {

BackOff with(double random) {
    return BackOff{[random] { return random; }};
}

}  // namespace

TEST_CASE("the window doubles from five seconds to a quarter of an hour", "[back_off]") {
    auto back_off = with(0.999999);
    for (auto window : {5s, 10s, 20s, 40s, 80s, 160s, 320s, 640s, 900s, 900s}) {
        auto const wait = back_off.after_failure();
        CHECK(wait <= window);
        CHECK(wait >= window - 1s);
    }
    for (int i = 0; i < 100000; ++i)
        CHECK_FALSE(back_off.after_failure() > 900s);
}

TEST_CASE("the jitter is full: a wait may be as short as nothing", "[back_off]") {
    auto back_off = with(0.0);
    for (int i = 0; i < 12; ++i)
        CHECK(back_off.after_failure() == 0ms);
    auto half = with(0.5);
    CHECK(half.after_failure() == 2500ms);
    CHECK(half.after_failure() == 5s);
}

TEST_CASE("a success starts the windows anew", "[back_off]") {
    auto back_off = with(0.5);
    for (int i = 0; i < 5; ++i)
        static_cast<void>(back_off.after_failure());
    back_off.succeeded();
    CHECK(back_off.after_failure() == 2500ms);
}

TEST_CASE("what the server asks for is a floor, with jitter as wide above it", "[back_off]") {
    CHECK(with(0.0).after_request(120s) == 120s);
    CHECK(with(0.5).after_request(120s) == 180s);
    CHECK(with(0.999999).after_request(120s) <= 240s);
    // A floor shorter than the window of the moment gets the window's jitter.
    CHECK(with(0.5).after_request(1s) == 3500ms);
    CHECK(with(0.5).after_request(0s) == 2500ms);
}

TEST_CASE("a server that asks for years is not believed, nor one that asks for less than nothing",
          "[back_off]") {
    CHECK(with(0.0).after_request(24h * 365) == 1h);
    CHECK(with(0.0).after_request(-5s) == 0s);
}

TEST_CASE("the system's randomness fills the whole window", "[back_off]") {
    auto const random = BackOff::system_random();
    double least = 1.0;
    double most = 0.0;
    for (int i = 0; i < 2000; ++i) {
        auto const value = random();
        least = std::min(least, value);
        most = std::max(most, value);
    }
    CHECK(least >= 0.0);
    CHECK(least < 0.05);
    CHECK(most > 0.95);
    CHECK(most < 1.0);
}
