#include "kiosk/speech/privacy.hpp"
#include "kiosk/speech/rate.hpp"
#include "kiosk/speech/volume.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace speech;

namespace {

constexpr Volume volume_at(int step) {
    Volume volume;
    while (!volume.softest())
        volume.softer();
    for (int i = 0; i < step; ++i)
        volume.louder();
    return volume;
}

// Known to the compiler.
static_assert(volume_at(Volume::steps - 1).loudest());
static_assert(volume_at(Volume::steps - 1).gain() == 1.0F);
static_assert(volume_at(Volume::steps - 1).decibels_above_lowest() >= 18);
static_assert(Volume{}.decibels_above_lowest() == 12);

}  // namespace

TEST_CASE("each step of volume is 3 dB, and one is 12 dB above the lowest") {
    int at_12_db = 0;
    for (int step = 0; step < Volume::steps; ++step) {
        auto const volume = volume_at(step);
        auto const decibels =
            20 * std::log10(static_cast<double>(volume.gain() / volume_at(0).gain()));
        CHECK(decibels == Approx(3.0 * step).margin(0.01));
        CHECK(volume.decibels_above_lowest() == 3 * step);
        if (volume.decibels_above_lowest() == 12) ++at_12_db;
    }
    CHECK(at_12_db == 1);
}

TEST_CASE("volume stops at both ends, and a reset brings back the usual") {
    Volume volume;
    for (int i = 0; i < 20; ++i)
        volume.louder();
    CHECK(volume.loudest());
    CHECK(volume.step() == Volume::steps - 1);
    for (int i = 0; i < 20; ++i)
        volume.softer();
    CHECK(volume.softest());
    CHECK(volume.gain() > 0);
    volume.reset();
    CHECK(volume == Volume{});
}

TEST_CASE("there are five rates, the usual 160 words a minute") {
    Rate rate;
    CHECK(rate.words_a_minute() == 160);
    int faster = 0;
    for (; !rate.fastest(); ++faster) {
        auto const before = rate.words_a_minute();
        rate.faster();
        CHECK(rate.words_a_minute() > before);
    }
    rate.faster();
    CHECK(rate.fastest());
    int steps = 1;
    for (; !rate.slowest(); ++steps)
        rate.slower();
    CHECK(steps == 5);
    CHECK(rate == Rate{-2});
    CHECK(Rate{9} == Rate{2});
    CHECK(Rate{2}.fastest());
}

TEST_CASE("confidential words are for headphones alone, open ones for both") {
    CHECK(may_be_heard(Privacy::open, Outlet::loudspeaker));
    CHECK(may_be_heard(Privacy::open, Outlet::headphones));
    CHECK(may_be_heard(Privacy::confidential, Outlet::headphones));
    CHECK_FALSE(may_be_heard(Privacy::confidential, Outlet::loudspeaker));
}
