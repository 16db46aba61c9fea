// Which start of this machine it is: the board tells a program that starts anew from a PC that
// does.
#pragma once

#include <cstdint>

namespace supervisor {

// The same for every program of one start; 0 when it cannot be known.
std::uint32_t boot_id();

}  // namespace supervisor
