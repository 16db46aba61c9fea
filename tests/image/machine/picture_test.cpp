#include "tests/image/machine/picture.hpp"

#include "tests/kiosk/ui/stage.hpp"

#include <algorithm>
#include <string>

using namespace machine;
namespace fs = std::filesystem;

namespace {

// As the machines of the lane show it: the 15.6 inches of the kiosk with a quarter of its pixels.
constexpr samples::Panel panel{540, 960, 0.36};

Picture plain(Colour colour) { return {64, 64, std::vector<Colour>(64 * 64, colour)}; }

void paint(Picture& picture, int left, int top, int right, int bottom, Colour colour) {
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            picture.pixels[static_cast<std::size_t>(y * picture.width + x)] = colour;
}

// As another way of drawing might give it: each edge softer by a pixel.
Picture softened(Picture const& picture) {
    auto soft = picture;
    for (int y = 0; y + 1 < picture.height; ++y) {
        for (int x = 0; x + 1 < picture.width; ++x) {
            auto const mean = [&](auto part) {
                return static_cast<std::uint8_t>(
                    (picture.at(x, y).*part + picture.at(x + 1, y).*part +
                     picture.at(x, y + 1).*part + picture.at(x + 1, y + 1).*part) /
                    4);
            };
            soft.pixels[static_cast<std::size_t>(y * picture.width + x)] = {
                mean(&Colour::red), mean(&Colour::green), mean(&Colour::blue)};
        }
    }
    return soft;
}

struct Screen {
    std::string name;
    Picture picture;
};

std::vector<Screen> every_screen() {
    auto const stage = samples::stage(panel);
    auto const site = samples::site();
    auto const file = fs::temp_directory_path() / ("picture-" + std::to_string(::getpid()));
    std::vector<Screen> screens;
    for (auto const& row : journey::states) {
        auto const session = samples::in_state(samples::one_adult(), row.state);
        static_cast<void>(stage->draw({row.state, session, site}));
        REQUIRE(stage->window().save_png(file));
        auto picture = read_png(file);
        REQUIRE(picture);
        screens.push_back({std::string{row.name}, std::move(*picture)});
    }
    fs::remove(file);
    return screens;
}

}  // namespace

TEST_CASE("likeness counts what stands on the background alone", "[picture]") {
    Colour const white{255, 255, 255};
    Colour const black{0, 0, 0};
    auto one = plain(white);
    CHECK(likeness(one, one) == 1);
    CHECK(likeness(one, plain(black)) == 0);
    CHECK(likeness(one, {}) == 0);
    CHECK(likeness(one, {64, 32, std::vector<Colour>(64 * 32, white)}) == 0);
    auto other = one;
    paint(one, 0, 0, 16, 16, black);
    CHECK(likeness(one, other) == 0);
    paint(other, 0, 0, 16, 8, black);
    CHECK(likeness(one, other) == 0.5);
    paint(other, 40, 40, 48, 48, black);
    CHECK(likeness(one, other) == 0.4);
}

TEST_CASE("every screen is like itself drawn softer, and like no other screen", "[picture]") {
    auto const screens = every_screen();
    REQUIRE(screens.size() > 20);
    for (auto const& one : screens) {
        CAPTURE(one.name);
        CHECK(likeness(one.picture, one.picture) == 1);
        CHECK(likeness(one.picture, softened(one.picture)) > same_screen);
        for (auto const& other : screens) {
            if (&one == &other) break;
            CAPTURE(other.name);
            CHECK(likeness(one.picture, other.picture) < same_screen);
        }
    }
}

TEST_CASE("what is no PNG is no picture", "[picture]") {
    CHECK_FALSE(read_png("/nowhere.png"));
    CHECK_FALSE(read_png("/etc/passwd"));
}
