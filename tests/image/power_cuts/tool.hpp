// Programs of the system that look at images: e2fsck, debugfs, fsck.vfat, mtools.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace power_cuts {

struct Ran {
    int code;
    std::string output;  // both of its outputs
};

// To its end, at most two minutes. It is also looked for where only root's PATH leads; its output
// passes through a file in `scratch`.
base::Result<Ran> run_tool(std::vector<std::string> arguments,
                           std::filesystem::path const& scratch);

}  // namespace power_cuts
