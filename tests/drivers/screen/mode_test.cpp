#include "drivers/screen/mode.hpp"

#include "tests/catch.hpp"

#include <vector>

using screen::choose_mode;
using screen::Mode;

namespace {

constexpr screen::Size full{1920, 1080};
constexpr screen::Size small{1280, 800};
constexpr screen::Size large{3840, 2160};

}  // namespace

TEST_CASE("a panel shows its preferred mode") {
    std::vector<Mode> const modes{{large, 60'000}, {full, 60'000, true}, {small, 60'000}};
    CHECK(choose_mode(modes, std::nullopt) == 1);
}

TEST_CASE("the wanted size counts more than what the panel prefers") {
    std::vector<Mode> const modes{{full, 60'000, true}, {small, 75'000}, {small, 60'000}};
    CHECK(choose_mode(modes, small) == 2);
}

TEST_CASE("a size that the panel has not is no reason to show nothing") {
    std::vector<Mode> const modes{{small, 60'000}, {full, 60'000, true}};
    CHECK(choose_mode(modes, screen::Size{1000, 1000}) == 1);
}

TEST_CASE("without a preferred mode it is the largest that is not interlaced") {
    std::vector<Mode> const modes{{small, 60'000}, {full, 50'000}, {large, 60'000, false, true}};
    CHECK(choose_mode(modes, std::nullopt) == 1);
}

TEST_CASE("of equal sizes the one nearest to 60 Hz is shown, the first of equals") {
    std::vector<Mode> const modes{{full, 144'000}, {full, 59'940}, {full, 60'060}, {full, 50'000}};
    CHECK(choose_mode(modes, std::nullopt) == 1);
}

TEST_CASE("of no modes none is chosen") { CHECK_FALSE(choose_mode({}, full)); }
