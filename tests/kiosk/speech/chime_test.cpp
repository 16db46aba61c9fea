#include "kiosk/speech/chime.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstdlib>

using namespace speech;

TEST_CASE("a chime is short, begins and ends in silence, has no edges and does not clip") {
    for (auto const chime : {Chime::attention, Chime::done}) {
        for (int const rate : {16000, 22050, 48000}) {
            auto const samples = samples_of(chime, rate);
            CAPTURE(rate);
            REQUIRE(samples.size() > static_cast<std::size_t>(rate / 5));
            CHECK(samples.size() < static_cast<std::size_t>(rate / 2));
            CHECK(std::abs(int{samples.front()}) < 50);
            CHECK(std::abs(int{samples.back()}) < 50);
            int peak = 0;
            int edge = 0;
            for (std::size_t i = 1; i < samples.size(); ++i) {
                peak = std::max(peak, std::abs(int{samples[i]}));
                edge = std::max(edge, std::abs(samples[i] - samples[i - 1]));
            }
            CHECK(peak > 6000);
            CHECK(peak < 12000);
            CHECK(edge < 12000 * 2 * 3.15 * 880 / rate);  // no steeper than the highest tone itself
        }
    }
}

TEST_CASE("the two chimes are told apart") {
    CHECK(samples_of(Chime::attention, 22050) != samples_of(Chime::done, 22050));
}
