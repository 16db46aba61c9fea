// The panel's one picture: what is in the slot, the cards at hand, and what can be done now.
#pragma once

#include "drivers/simulator/panel/remote.hpp"
#include "drivers/simulator/panel/window.hpp"

#include <optional>
#include <string>
#include <vector>

namespace simulator {

struct Panel {
    std::vector<ListedCard> cards;
    std::optional<SlotView> slot;  // nothing: the simulator does not answer
    std::string trouble;           // the last order's failure, or why there is no answer
    std::size_t chosen = 0;
};

// Changes only what is chosen; returns what the person wants done.
std::optional<Order> draw(Panel& panel, Window const& window);

}  // namespace simulator
