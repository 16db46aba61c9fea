// The EEPROM, as memory that outlives the power.
#pragma once

#include "firmware/core/byte_memory.hpp"

namespace board {

class Eeprom : public supervisor::ByteMemory {
  public:
    bool ready() override;
    uint8_t read(uint16_t address) override;
    void write(uint16_t address, uint8_t value) override;
};

}  // namespace board
