// What an Intel HEX file puts into flash, by page; FF where it says nothing.
#pragma once

#include "tests/fakes/board/flash.hpp"

#include <filesystem>
#include <map>

namespace fake {

using Image = std::map<std::uint32_t, Page>;

// Throws when there is no such file, or it is none.
Image read_intel_hex(std::filesystem::path const& file);

}  // namespace fake
