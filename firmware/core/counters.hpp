// What was counted since the board was made, kept over any loss of power. The newest of eight
// copies counts; a copy that was being written when the power went is none.
#pragma once

#include "firmware/core/memory_map.hpp"

namespace supervisor {

class Counters {
  public:
    explicit Counters(ByteMemory& memory);

    void count(Counter counter);
    uint32_t operator[](Counter counter) const { return values_[static_cast<uint8_t>(counter)]; }

    // Everything that was counted outlives the power.
    bool saved() const { return !changed_ && !ring_.busy(); }
    // At each turn.
    void step();

  private:
    SlotRing ring_;
    uint32_t values_[counter_count] = {};
    bool changed_ = false;
};

}  // namespace supervisor
