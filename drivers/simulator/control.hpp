// The control socket's language: one JSON object a line, one answer a line (see README.md).
#pragma once

#include "drivers/simulator/slot.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace simulator {

class Control {
  public:
    // Both outlive it.
    Control(Slot& slot, std::vector<Profile> const& profiles) : slot_(slot), profiles_(profiles) {}

    // Never fails: a bad line is answered too.
    std::string answer(std::string_view line, Slot::Clock::time_point now);

    Profile const* find(std::string_view id) const;

  private:
    Slot& slot_;
    std::vector<Profile> const& profiles_;
};

}  // namespace simulator
