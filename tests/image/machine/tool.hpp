// A program of the host that does one thing and ends: qemu-img, mkfs.ext4, sfdisk.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace machine {

// All that it wrote; Errc::system_failed with that in its detail when it ends with another code
// than 0, Errc::timed_out.
base::Result<std::string> run_tool(std::vector<std::string> const& arguments,
                                   std::chrono::milliseconds timeout = std::chrono::minutes{2});

}  // namespace machine
