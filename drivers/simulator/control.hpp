// The control socket's language: one JSON object a line, one answer a line (see README.md).
#pragma once

#include "drivers/simulator/catalogue.hpp"
#include "drivers/simulator/slot.hpp"

#include <string>
#include <string_view>

namespace simulator {

class Control {
  public:
    // Both outlive it.
    Control(Slot& slot, Catalogue& catalogue) : slot_(slot), catalogue_(catalogue) {}

    // Never fails: a bad line is answered too.
    std::string answer(std::string_view line, Slot::Clock::time_point now);

  private:
    Slot& slot_;
    Catalogue& catalogue_;
};

}  // namespace simulator
