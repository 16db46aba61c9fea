// What a machine would boot after a power cut, and whether it is whole.
#pragma once

#include "tests/image/power_cuts/partitions.hpp"
#include "tests/image/power_cuts/recording.hpp"
#include "tests/image/power_cuts/verdict.hpp"

#include <filesystem>

namespace power_cuts {

// From the EFI system partition as the firmware finds it, which repairs nothing: the entry that
// systemd-boot starts names a kernel that is, byte for byte, one of the known versions', and the
// root partition of its slot holds the root of that same version. `disk` is after the cut; `esp` is
// a folder with the content of that partition.
void judge_boot(ReplayedDisk& disk, std::vector<Partition> const& table,
                std::filesystem::path const& esp, std::vector<RecordedVersion> const& versions,
                Verdict& verdict);

}  // namespace power_cuts
