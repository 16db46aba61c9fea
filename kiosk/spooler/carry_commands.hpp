// What staff do with a stick: this process reads and writes it, the running spooler is asked for
// all that goes on it and judges all that comes from it.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace spooler {

struct Carrying {
    std::string done;  // sentences, each with its line end; also what was done before the trouble
    std::string refused;               // sentences about what was left out
    std::optional<base::Error> error;  // what ended it early
};

// All requests without a receipt, in as many bundles as they need; those that the receiver refused
// only when they are asked for, as on a machine that is given up.
enum class Parked : std::uint8_t { stay, go_too };
Carrying export_requests(std::filesystem::path const& socket, std::filesystem::path const& stick,
                         Parked parked);

// The receipts for requests of other kiosks that were sent from here.
Carrying export_receipts(std::filesystem::path const& socket, std::filesystem::path const& stick);

// What a stick, or one bundle, holds for this kiosk: receipts of its own requests, and bundles of
// other kiosks to be sent from here.
Carrying import_stick(std::filesystem::path const& socket, std::filesystem::path const& stick);

}  // namespace spooler
