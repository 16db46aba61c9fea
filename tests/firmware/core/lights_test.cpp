#include "firmware/core/lights.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <set>
#include <vector>

using namespace supervisor;

namespace {

constexpr Span turn = 10;
constexpr Span minute = 60'000;

int brightness(Colour colour) { return colour.red + colour.green + colour.blue; }

int darkest(std::vector<int> const& levels) { return *std::ranges::min_element(levels); }
int brightest(std::vector<int> const& levels) { return *std::ranges::max_element(levels); }

std::vector<int> minute_of(SlotLight light) {
    std::vector<int> levels;
    for (Time now = 0; now < minute; now += turn)
        levels.push_back(brightness(slot_colour(light, now)));
    return levels;
}

// From dark to bright and back counts as one.
int flashes(std::vector<int> const& levels) {
    int rises = 0;
    for (std::size_t i = 1; i < levels.size(); ++i)
        rises += levels[i] > 255 && levels[i - 1] <= 255 ? 1 : 0;
    return rises;
}

SlotLight slot_light(int i) { return static_cast<SlotLight>(i); }
StatusLight status_light(int i) { return static_cast<StatusLight>(i); }

}  // namespace

TEST_CASE("no light flashes more than three times a second", "[lights]") {
    for (int i = 0; i < slot_light_count; ++i) {
        auto const levels = minute_of(slot_light(i));
        for (std::size_t start = 0; start + 100 < levels.size(); ++start) {
            std::vector<int> const second(levels.begin() + static_cast<long>(start),
                                          levels.begin() + static_cast<long>(start) + 101);
            REQUIRE(flashes(second) <= 3);
        }
    }
}

TEST_CASE("each meaning of the slot looks different, also without colour", "[lights]") {
    std::set<std::vector<int>> seen;
    for (int i = 0; i < slot_light_count; ++i)
        CHECK(seen.insert(minute_of(slot_light(i))).second);
    CHECK(brightest(minute_of(SlotLight::off)) == 0);
    auto const breath = minute_of(SlotLight::breathing);
    CHECK(darkest(breath) > 0);
    CHECK(brightest(breath) < 300);
    CHECK(brightest(minute_of(SlotLight::invite)) == 765);
}

TEST_CASE("a breath has no jumps", "[lights]") {
    for (auto const light : {SlotLight::breathing, SlotLight::invite, SlotLight::take_card}) {
        auto const levels = minute_of(light);
        for (std::size_t i = 1; i < levels.size(); ++i)
            REQUIRE(std::abs(levels[i] - levels[i - 1]) <= 36);
    }
}

TEST_CASE("toward the reception one lamp at a time is lit, and help blinks", "[lights]") {
    std::set<std::vector<bool>> seen;
    for (int i = 0; i < status_light_count; ++i) {
        std::vector<bool> shown;
        for (Time now = 0; now < 2000; now += turn) {
            auto const lamps = status_lamps(status_light(i), now);
            CHECK(lamps.red + lamps.amber + lamps.green <= 1);
            for (bool const lamp : {lamps.red, lamps.amber, lamps.green})
                shown.push_back(lamp);
        }
        CHECK(seen.insert(shown).second);
    }
    CHECK(status_lamps(StatusLight::out, 0).red);
    CHECK(status_lamps(StatusLight::free, 0).green);
    CHECK(status_lamps(StatusLight::help, 0).amber);
    CHECK_FALSE(status_lamps(StatusLight::help, 700).amber);
}
