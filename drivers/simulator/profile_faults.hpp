// The faults that a card brings with it, from the [[fault]] tables of its profile.
#pragma once

#include "drivers/simulator/fault.hpp"
#include "drivers/simulator/profile_file.hpp"

#include <vector>

namespace simulator {

base::Result<std::vector<Fault>> read_faults(ProfileFile& file);

}  // namespace simulator
