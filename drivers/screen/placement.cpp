#include "drivers/screen/placement.hpp"

#include <algorithm>
#include <cassert>

namespace screen {
namespace {

// A square of the picture that is read and written by turns stays in the processor's cache: row by
// row, each pixel of a quarter turn would touch another line of it.
constexpr int tile = 32;

}  // namespace

std::optional<Rotation> rotation_of(int degrees) {
    switch (degrees) {
    case 0: return Rotation::none;
    case 90: return Rotation::quarter;
    case 180: return Rotation::half;
    case 270: return Rotation::three_quarters;
    default: return std::nullopt;
    }
}

Size turned(Size size, Rotation rotation) {
    bool const across = rotation == Rotation::quarter || rotation == Rotation::three_quarters;
    return across ? Size{size.height, size.width} : size;
}

Size picture_size(Size panel, Rotation rotation, std::optional<Size> wanted) {
    auto const seen = turned(panel, rotation);
    if (!wanted) return seen;
    return {std::min(wanted->width, seen.width), std::min(wanted->height, seen.height)};
}

Placement::Placement(Size picture, Size panel, Rotation rotation)
    : picture_(picture), panel_(panel), rotation_(rotation) {
    auto const lying = turned(picture, rotation);
    left_ = (panel.width - lying.width) / 2;
    top_ = (panel.height - lying.height) / 2;
    assert(left_ >= 0 && top_ >= 0);
}

void Placement::copy(std::span<std::uint32_t const> picture, std::uint32_t* panel,
                     std::size_t stride) const {
    auto const step = static_cast<std::ptrdiff_t>(stride);
    auto* const corner = panel + top_ * step + left_;
    auto const lying = turned(picture_, rotation_);
    // Where the picture's first pixel goes, and how far it is from there to the next one of its row
    // and of its column.
    std::ptrdiff_t first = 0, right = 1, down = step;
    switch (rotation_) {
    case Rotation::none: break;
    case Rotation::quarter:
        first = lying.width - 1;
        right = step;
        down = -1;
        break;
    case Rotation::half:
        first = (lying.height - 1) * step + lying.width - 1;
        right = -1;
        down = -step;
        break;
    case Rotation::three_quarters:
        first = (lying.height - 1) * step;
        right = -step;
        down = 1;
        break;
    }
    auto const row = [&](int y) {
        return picture.begin() + static_cast<std::ptrdiff_t>(y) * picture_.width;
    };
    if (rotation_ == Rotation::none) {
        for (int y = 0; y < picture_.height; ++y)
            std::copy_n(row(y), picture_.width, corner + y * down);
        return;
    }
    for (int top = 0; top < picture_.height; top += tile)
        for (int left = 0; left < picture_.width; left += tile)
            for (int y = top; y < std::min(top + tile, picture_.height); ++y) {
                auto* to = corner + first + left * right + y * down;
                auto const from = row(y);
                for (int x = left; x < std::min(left + tile, picture_.width); ++x, to += right)
                    *to = from[x];
            }
}

Point Placement::to_picture(Point on_panel) const {
    auto const lying = turned(picture_, rotation_);
    auto const x = on_panel.x * static_cast<float>(panel_.width) - static_cast<float>(left_);
    auto const y = on_panel.y * static_cast<float>(panel_.height) - static_cast<float>(top_);
    auto const width = static_cast<float>(lying.width);
    auto const height = static_cast<float>(lying.height);
    switch (rotation_) {
    case Rotation::none: return {x, y};
    case Rotation::quarter: return {y, width - x};
    case Rotation::half: return {width - x, height - y};
    case Rotation::three_quarters: return {height - y, x};
    }
    return {x, y};
}

}  // namespace screen
