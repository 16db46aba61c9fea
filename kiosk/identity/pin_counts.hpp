// The file that keeps wrong PINs through restarts and power cuts: how many in a row, for each
// author and the hash they were tried against. It knows no times: a wait begins anew after a
// restart.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace identity {

struct PinCount {
    std::string hash_digest;  // SHA-256 of the pin_hash, hexadecimal
    int wrong = 0;

    bool operator==(PinCount const&) const = default;
};

using PinCounts = std::map<std::string, PinCount, std::less<>>;  // by author id

// Empty when there is no file; Errc::storage_damaged when it is anything but what write_counts
// wrote.
base::Result<PinCounts> read_counts(std::filesystem::path const& file);

// All or nothing, also when the power fails meanwhile; on the disk when this returns.
base::Result<void> write_counts(std::filesystem::path const& file, PinCounts const& counts);

}  // namespace identity
