// The GUID partition table of a disk, as a firmware reads it.
#pragma once

#include "tests/image/power_cuts/replayed_disk.hpp"

#include <string>

namespace power_cuts {

struct Partition {
    std::string name;  // PARTLABEL
    ByteRange range;
};

// From the table at the beginning or, when its checksums do not hold, from the one at the end;
// Errc::malformed when neither is whole or one of its partitions lies beyond the disk.
base::Result<std::vector<Partition>> partitions(ReplayedDisk const& disk);

// The one of this name; Errc::file_missing when there is none.
base::Result<ByteRange> find_partition(std::vector<Partition> const& all, std::string_view name);

}  // namespace power_cuts
