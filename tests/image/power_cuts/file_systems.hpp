// File systems as a power cut left them, each in an image file of its own.
#pragma once

#include "tests/image/power_cuts/tool.hpp"

namespace power_cuts {

// Repairs as a boot does, by itself and without a question: the journal is replayed. Then nothing
// may be left to repair. Errors: Errc::storage_damaged, in the words of e2fsck; Errc::system_failed
// when it cannot be asked.
base::Result<void> repair_ext4(std::filesystem::path const& image,
                               std::filesystem::path const& scratch);

// Likewise of a FAT, which has no journal. What fsck.vfat calls repaired may have lost files:
// whoever needs one of them looks for it before and after.
base::Result<void> repair_fat(std::filesystem::path const& image,
                              std::filesystem::path const& scratch);

// A folder of an ext4, with all below it, into an existing folder. False when it is not there.
base::Result<bool> copy_from_ext4(std::filesystem::path const& image, std::string const& folder,
                                  std::filesystem::path const& to,
                                  std::filesystem::path const& scratch);

// The same of a FAT.
base::Result<bool> copy_from_fat(std::filesystem::path const& image, std::string const& folder,
                                 std::filesystem::path const& to,
                                 std::filesystem::path const& scratch);

}  // namespace power_cuts
