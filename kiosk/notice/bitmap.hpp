// A picture as a file: for the splash that the firmware shows, and to look at.
#pragma once

#include "kiosk/notice/picture.hpp"

#include <filesystem>

namespace notice {

// As *.png, or as *.bmp (24 bits, from the bottom up: what systemd's boot stub reads).
base::Result<void> save(Picture const& picture, std::filesystem::path const& path);

}  // namespace notice
