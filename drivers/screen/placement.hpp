// How a picture lies on a panel that may be mounted turned: pixels and touches between the two.
#pragma once

#include "drivers/screen/mode.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace screen {

// By how much the picture is turned clockwise on the panel: at a quarter its top lies along the
// panel's right edge.
enum class Rotation : std::uint8_t { none, quarter, half, three_quarters };

// None but for 0, 90, 180 and 270.
std::optional<Rotation> rotation_of(int degrees);

// A panel's size as the reader sees it, or a picture's as the panel does.
Size turned(Size size, Rotation rotation);

// The picture for a panel: as large as wanted where that fits, else cut to what the panel has, and
// all of it when nothing is wanted.
Size picture_size(Size panel, Rotation rotation, std::optional<Size> wanted);

struct Point {
    float x = 0;
    float y = 0;
};

// The picture lies in the middle; what is left around it is not touched by copy().
class Placement {
  public:
    // The picture, turned, is not larger than the panel.
    Placement(Size picture, Size panel, Rotation rotation);

    Size picture() const { return picture_; }

    // `picture` holds the rows one after the other; a row of `panel` begins each `stride` pixels.
    void copy(std::span<std::uint32_t const> picture, std::uint32_t* panel,
              std::size_t stride) const;

    // From a place on the panel, 0 to 1 across and down, to one in the picture in pixels; beside
    // the picture it is outside of its size.
    Point to_picture(Point on_panel) const;

  private:
    Size picture_;
    Size panel_;
    Rotation rotation_;
    int left_;  // of the turned picture, on the panel
    int top_;
};

}  // namespace screen
