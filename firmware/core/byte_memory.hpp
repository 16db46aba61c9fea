// Memory that outlives the power, one byte at a time: the EEPROM, or what a test makes of it.
#pragma once

#include <stdint.h>

namespace supervisor {

class ByteMemory {
  public:
    // Whether a byte can be read or written now; while one is being written (3.4 ms) it cannot.
    virtual bool ready() = 0;
    virtual uint8_t read(uint16_t address) = 0;
    // Returns at once. Power lost meanwhile leaves anything in this byte, and only in this one.
    virtual void write(uint16_t address, uint8_t value) = 0;

  protected:
    ~ByteMemory() = default;
};

}  // namespace supervisor
