// Receipts on a stick: receipts-<kiosk>-<number>, one signed text a line, for the bundle of that
// kiosk and number. Each is proof by itself, so the file needs no signature.
#pragma once

#include "kiosk/carry/folder.hpp"

namespace carry {

inline constexpr std::size_t longest_receipt = 4096;  // about 500 are usual
inline constexpr std::size_t most_receipts = 1024;    // in one file

std::string receipts_name(std::string const& kiosk, std::int64_t bundle);

// Adds to what the file holds already; the newest stay when there are too many.
base::Result<void> write_receipts(Folder const& place, std::string const& kiosk,
                                  std::int64_t bundle, std::vector<std::string> const& receipts);

// The lines that may be receipts; a torn end is one that does not verify.
base::Result<std::vector<std::string>> read_receipts(Folder const& place, std::string const& name);

}  // namespace carry
