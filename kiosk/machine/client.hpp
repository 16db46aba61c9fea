// The other end: asks the service and shows what it says.
#pragma once

#include "kiosk/machine/request.hpp"

#include <cstdio>
#include <filesystem>

namespace machine {

// What a shell can tell apart.
enum class Ended : std::uint8_t {
    done = 0,
    failed = 1,   // begun, and did not succeed; or the connection broke off meanwhile
    refused = 2,  // nothing was done: not by this user, not so, not now
    busy = 3,     // another act is under way: later
    nobody = 4,   // the service does not answer
};

// Sentences and progress to `out`, refusals to `problems`.
Ended ask(std::filesystem::path const& socket, Request const& request, std::FILE* out,
          std::FILE* problems);

}  // namespace machine
