// What a panel can show, and which of it is chosen.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace screen {

// Whole pixels.
struct Size {
    int width = 0;
    int height = 0;

    friend constexpr bool operator==(Size const&, Size const&) = default;
};

struct Mode {
    Size size;
    std::uint32_t refresh_millihertz = 0;
    bool preferred = false;  // the panel's own, by its EDID
    bool interlaced = false;
};

// The place in the list of the mode to show: of the wanted size if there is one, else the preferred
// one, else the largest; among equals the one nearest to 60 Hz. None in an empty list.
std::optional<std::size_t> choose_mode(std::span<Mode const> modes, std::optional<Size> wanted);

}  // namespace screen
