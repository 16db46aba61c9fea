// An update of a board, and what every power cut in it leaves: with each step of each page, and
// each fate of that page, a board of its own is started.
#pragma once

#include "tests/fakes/board/board.hpp"

#include <string>
#include <vector>

namespace supervisor_tests {

enum class Order : std::uint8_t { ascending, descending, trailer_first, shuffled };

struct Rehearsal {
    Order order = Order::ascending;
    std::vector<fake::Fate> fates;
    int recover_each = 1;  // of so many cuts, one is followed by another update
    std::uint32_t seed = 1;
    bool forge_trailers = false;  // the control: every cut leaves one that fits
};

struct Outcome {
    int cuts = 0;
    int refused = 0;                       // nothing was started, and the loader answers
    int old_started = 0, new_started = 0;  // each of them whole
    int mixtures_started = 0;
    int recoveries = 0;
    std::vector<std::string> broken;  // promises, in words
};

// From guest_1 to guest_2.
Outcome cut_power_everywhere(Rehearsal const& rehearsal);

}  // namespace supervisor_tests
