#include "drivers/screen/placement.hpp"

#include "tests/catch.hpp"

#include <numeric>
#include <vector>

using screen::Placement;
using screen::Rotation;
using screen::Size;

namespace {

using Pixels = std::vector<std::uint32_t>;

constexpr std::uint32_t untouched = 0xEE;

// A picture of 3 by 2 whose pixels are
//   1 2 3
//   4 5 6
// on a panel, row after row.
Pixels shown(Size panel, Rotation rotation, std::size_t stride) {
    Pixels const picture{1, 2, 3, 4, 5, 6};
    Pixels on_panel(stride * static_cast<std::size_t>(panel.height), untouched);
    Placement{{3, 2}, panel, rotation}.copy(picture, on_panel.data(), stride);
    return on_panel;
}

constexpr std::array rotations{Rotation::none, Rotation::quarter, Rotation::half,
                               Rotation::three_quarters};

}  // namespace

TEST_CASE("a picture is turned clockwise") {
    CHECK(shown({3, 2}, Rotation::none, 3) == Pixels{1, 2, 3, 4, 5, 6});
    CHECK(shown({2, 3}, Rotation::quarter, 2) == Pixels{4, 1, 5, 2, 6, 3});
    CHECK(shown({3, 2}, Rotation::half, 3) == Pixels{6, 5, 4, 3, 2, 1});
    CHECK(shown({2, 3}, Rotation::three_quarters, 2) == Pixels{3, 6, 2, 5, 1, 4});
}

TEST_CASE("a picture smaller than the panel lies in its middle, and the rest is left alone") {
    auto const x = untouched;
    CHECK(shown({5, 4}, Rotation::none, 5) ==
          Pixels{x, x, x, x, x, x, 1, 2, 3, x, x, 4, 5, 6, x, x, x, x, x, x});
    CHECK(shown({4, 3}, Rotation::quarter, 4) == Pixels{x, 4, 1, x, x, 5, 2, x, x, 6, 3, x});
}

TEST_CASE("what lies between the panel's rows is left alone") {
    auto const x = untouched;
    CHECK(shown({3, 2}, Rotation::none, 4) == Pixels{1, 2, 3, x, 4, 5, 6, x});
    CHECK(shown({2, 3}, Rotation::quarter, 3) == Pixels{4, 1, x, 5, 2, x, 6, 3, x});
}

TEST_CASE("every pixel of a large picture arrives once, where a touch on it points back to it") {
    constexpr Size picture{70, 45};
    Pixels pixels(std::size_t{70} * 45);
    std::iota(pixels.begin(), pixels.end(), 0U);
    for (auto const rotation : rotations) {
        auto const lying = screen::turned(picture, rotation);
        Size const panel{lying.width + 11, lying.height + 7};
        auto const stride = static_cast<std::size_t>(panel.width);
        Pixels on_panel(stride * static_cast<std::size_t>(panel.height), 0xFFFF'FFFF);
        Placement const placement{picture, panel, rotation};
        placement.copy(pixels, on_panel.data(), stride);
        std::vector<int> seen(pixels.size(), 0);
        bool right = true;
        for (int y = 0; y < panel.height; ++y)
            for (int x = 0; x < panel.width; ++x) {
                auto const pixel =
                    on_panel[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x)];
                auto const at = placement.to_picture(
                    {(static_cast<float>(x) + 0.5F) / static_cast<float>(panel.width),
                     (static_cast<float>(y) + 0.5F) / static_cast<float>(panel.height)});
                bool const inside = at.x >= 0 && at.y >= 0 && at.x < 70 && at.y < 45;
                if (pixel == 0xFFFF'FFFF) {
                    right = right && !inside;
                    continue;
                }
                ++seen[pixel];
                right = right && inside &&
                        pixel == static_cast<std::uint32_t>(at.y) * 70 +
                                     static_cast<std::uint32_t>(at.x);
            }
        INFO("rotation " << static_cast<int>(rotation));
        CHECK(right);
        CHECK(std::ranges::all_of(seen, [](int count) { return count == 1; }));
    }
}

TEST_CASE("the picture is as large as wanted, as far as the panel goes") {
    constexpr Size panel{1920, 1080};
    CHECK(screen::picture_size(panel, Rotation::none, std::nullopt) == panel);
    CHECK(screen::picture_size(panel, Rotation::quarter, std::nullopt) == Size{1080, 1920});
    CHECK(screen::picture_size(panel, Rotation::quarter, Size{1000, 1800}) == Size{1000, 1800});
    CHECK(screen::picture_size(panel, Rotation::none, Size{1080, 1920}) == Size{1080, 1080});
}

TEST_CASE("only quarter turns are rotations") {
    CHECK(screen::rotation_of(0) == Rotation::none);
    CHECK(screen::rotation_of(90) == Rotation::quarter);
    CHECK(screen::rotation_of(180) == Rotation::half);
    CHECK(screen::rotation_of(270) == Rotation::three_quarters);
    for (int const degrees : {-90, 1, 45, 360})
        CHECK_FALSE(screen::rotation_of(degrees));
}
