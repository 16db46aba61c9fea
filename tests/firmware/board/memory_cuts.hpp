// The power goes at each byte that the supervisor writes into its memory, and what it remembers
// afterwards is compared with what it had promised.
#pragma once

#include "tests/fakes/board/fate.hpp"

#include <string>
#include <vector>

namespace supervisor_tests {

struct MemoryCuts {
    // How often the door was opened before: where in their rings the next records stand.
    std::vector<int> openings_before = {9};
    int every = 1;  // of the bytes that are written, one in so many
    std::uint32_t seed = 1;
};

struct MemoryOutcome {
    int cuts = 0;
    std::vector<std::string> broken;  // promises, in words
};

MemoryOutcome cut_power_at_each_byte(MemoryCuts const& cuts);

}  // namespace supervisor_tests
