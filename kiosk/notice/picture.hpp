// A page as a picture, in the look of the kiosk's own screens.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/notice/page.hpp"
#include "kiosk/notice/site.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace notice {

struct Picture {
    screen::Size size;
    std::vector<std::uint32_t> pixels;  // 0x00RRGGBB, row after row
};

// `assets` holds texts/, consent/ and icons/. In French, with the title in every other language.
base::Result<Picture> draw(Page page, Site const& site, screen::Size size,
                           std::filesystem::path const& assets);

}  // namespace notice
