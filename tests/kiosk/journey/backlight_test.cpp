#include "kiosk/journey/backlight.hpp"

#include "tests/catch.hpp"

using namespace std::chrono_literals;
using journey::Backlight;
using journey::State;
using journey::Time;

namespace {

// Nobody was ever there.
Backlight deserted() {
    Backlight backlight{0ms};
    backlight.presence(false, 0ms);
    return backlight;
}

}  // namespace

TEST_CASE("the screen is dimmed when nobody was there and nothing happened for five minutes") {
    auto const backlight = deserted();
    CHECK(backlight.deadline(State::attract, 0ms) == Time{5min});
    CHECK(backlight.percent(State::attract, 5min - 1ms) == Backlight::full);
    CHECK(backlight.percent(State::attract, 5min) == Backlight::dimmed);
    CHECK_FALSE(backlight.deadline(State::attract, 5min));
    CHECK(backlight.percent(State::not_open, 5min) == Backlight::dimmed);
}

TEST_CASE("the screen is bright at once when somebody comes, touches it or puts a card in") {
    auto backlight = deserted();
    SECTION("seen") { backlight.presence(true, 10min); }
    SECTION("felt") { backlight.wake(10min); }
    CHECK(backlight.percent(State::attract, 10min) == Backlight::full);
}

TEST_CASE("the five minutes begin when the last one leaves") {
    auto backlight = deserted();
    backlight.presence(true, 1min);
    backlight.presence(false, 9min);
    backlight.presence(false, 12min);  // said once more, nothing new
    CHECK(backlight.percent(State::attract, 14min - 1ms) == Backlight::full);
    CHECK(backlight.percent(State::attract, 14min) == Backlight::dimmed);
}

TEST_CASE("without a sensor, and where somebody's screen stands, it is never dimmed") {
    CHECK(Backlight{0ms}.percent(State::attract, 24h) == Backlight::full);
    auto lost = deserted();
    lost.presence(std::nullopt, 10min);
    CHECK(lost.percent(State::attract, 24h) == Backlight::full);
    CHECK_FALSE(lost.deadline(State::attract, 10min));
    for (auto const state : {State::consent, State::reference_entry, State::recording, State::desk})
        CHECK(deserted().percent(state, 24h) == Backlight::full);
}
