// What the kiosk's configuration says about its panel and its place, as far as it can be read: the
// page of a kiosk that does not start for a mistake in that file is drawn all the same.
#pragma once

#include "drivers/screen/placement.hpp"
#include "kiosk/ui/theme.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace notice {

struct Site {
    std::optional<screen::Size> size;
    screen::Rotation rotation = screen::Rotation::none;
    double mm_per_pixel = 0.18;
    double viewing_distance_mm = ui::usual_distance_mm;
    std::string help_place;  // empty: not known

    friend bool operator==(Site const&, Site const&) = default;
};

// What is missing or wrong is as usual.
Site read_site(std::filesystem::path const& configuration);

}  // namespace notice
