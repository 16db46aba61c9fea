// What a screen shows, and how alike two screens are: compared by what stands where, not by bits,
// for two machines may draw the edge of a letter differently.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace machine {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    bool operator==(Colour const&) const = default;
};

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<Colour> pixels;  // row after row

    Colour at(int x, int y) const {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
};

base::Result<Picture> read_png(std::filesystem::path const& file);

// From 0 (nothing in common) to 1 (the same): both are laid out in cells of some millimetres, each
// with its mean colour; of the cells in which either shows something that is not its background,
// the share in which both show the same. A screen that is plain in both is 1; sizes that differ, 0.
double likeness(Picture const& one, Picture const& other);

// Above it, two pictures are the same screen: another field on the same keyboard has 0.94 (see
// picture_test.cpp, which compares every pair of the kiosk's screens).
inline constexpr double same_screen = 0.95;

}  // namespace machine
