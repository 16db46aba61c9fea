#include "kiosk/notice/site.hpp"

#include "drivers/base/toml_file.hpp"

namespace notice {

Site read_site(std::filesystem::path const& configuration) {
    Site site;
    auto file = base::TomlFile::open(configuration);
    if (!file) return site;
    constexpr int most_pixels = 7680;
    auto const width = file->integer("screen.width", 1, most_pixels);
    auto const height = file->integer("screen.height", 1, most_pixels);
    if (width && height)
        site.size = screen::Size{static_cast<int>(*width), static_cast<int>(*height)};
    auto const degrees = file->integer("screen.rotation", 0, 270, 0);
    if (degrees)
        site.rotation =
            screen::rotation_of(static_cast<int>(*degrees)).value_or(screen::Rotation::none);
    site.mm_per_pixel =
        file->number("screen.mm_per_pixel", 0.05, 1.0, site.mm_per_pixel).value_or(0.18);
    site.viewing_distance_mm =
        file->number("screen.viewing_distance_mm", 250, 1500, ui::usual_distance_mm)
            .value_or(ui::usual_distance_mm);
    site.help_place = file->text("site.help_place", "").value_or("");
    return site;
}

}  // namespace notice
