// The version of the supervisor's firmware, told in its greeting. An image carries the firmware of
// its own sources: a PC that hears another version flashes its own.
#pragma once

#include "firmware/protocol/fields.hpp"

namespace supervisor {

constexpr Version firmware_version{1, 0, 0};

}  // namespace supervisor
