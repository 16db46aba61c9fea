// What QEMU is told, for a machine whose files lie in a folder.
#pragma once

#include "tests/image/machine/machine.hpp"

namespace machine {

std::vector<std::string> qemu_arguments(Options const& options, std::filesystem::path const& folder,
                                        std::filesystem::path const& disk);

}  // namespace machine
