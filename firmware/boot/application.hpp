// The application below the loader: whether it is whole, and its start.
#pragma once

#include "firmware/boot/memory_map.hpp"

#include <stdint.h>

namespace boot {

Trailer read_trailer();

// By length and CRC of what stands in flash now; 0.4 s for 32 KB.
bool application_is_whole();

// With the registers as after the reset that began this, but for GPIOR0 and GPIOR1.
[[noreturn]] void start_application();

}  // namespace boot
