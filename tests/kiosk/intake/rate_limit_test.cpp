#include "kiosk/intake/rate_limit.hpp"

#include "tests/catch.hpp"

using namespace std::chrono_literals;

namespace {

intake::RateLimit::Time const start{100h};

}  // namespace

TEST_CASE("a kiosk may bring its share at once, and no more until time has passed", "[intake]") {
    intake::RateLimit limit{60};
    for (int i = 0; i < 60; ++i)
        CHECK_FALSE(limit.one_more("kiosk-1", start));
    CHECK(limit.one_more("kiosk-1", start) == 1s);
    CHECK_FALSE(limit.one_more("kiosk-2", start));  // nobody else waits for it
    CHECK_FALSE(limit.one_more("kiosk-1", start + 1s));
    CHECK(limit.one_more("kiosk-1", start + 1s));
    for (int i = 0; i < 60; ++i)
        CHECK_FALSE(limit.one_more("kiosk-1", start + 1h));
    CHECK(limit.one_more("kiosk-1", start + 1h));
}

TEST_CASE("the wait that is asked for is long enough", "[intake]") {
    intake::RateLimit limit{7};
    auto now = start;
    for (int i = 0; i < 100; ++i)
        if (auto const wait = limit.one_more("kiosk-1", now)) {
            now += *wait;
            CHECK_FALSE(limit.one_more("kiosk-1", now));
        }
    CHECK(now - start >= 13min);
}

TEST_CASE("kiosks that were quiet for a minute are not remembered", "[intake]") {
    intake::RateLimit limit{60};
    for (int i = 0; i < 1000; ++i)
        static_cast<void>(limit.one_more("kiosk-" + std::to_string(i), start));
    CHECK(limit.remembered() == 1000);
    static_cast<void>(limit.one_more("kiosk-1", start + 2min));
    CHECK(limit.remembered() == 1);
}

TEST_CASE("what repeats is told at once and then once a minute with how often", "[intake]") {
    intake::OnceAMinute repeated;
    auto const begin = intake::OnceAMinute::Time{} + std::chrono::hours{1};
    CHECK(repeated.one_more("kiosk-1", begin) == 1);
    for (int second = 1; second < 60; ++second)
        CHECK_FALSE(repeated.one_more("kiosk-1", begin + std::chrono::seconds{second}));
    CHECK(repeated.one_more("kiosk-2", begin) == 1);
    CHECK(repeated.one_more("kiosk-1", begin + std::chrono::seconds{60}) == 60);
}
