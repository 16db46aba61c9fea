// The EEPROM as it is: a byte takes 3.4 ms to be erased and written, during which EEPE is set, and
// nothing else of it can be read or written. simavr changes it at once.
#pragma once

#include "tests/fakes/board/fate.hpp"
#include "tests/fakes/board/mcu.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fake {

struct EepromWrite {
    std::uint16_t address;
    std::uint8_t before;
    std::uint8_t wanted;
};

class Eeprom {
  public:
    Eeprom(Mcu& mcu, std::vector<std::string>& complaints);

    std::optional<EepromWrite> in_flight() const { return in_flight_; }
    std::int64_t begun() const { return begun_; }
    // What is in flight ends, as by a power cut.
    void settle(Fate fate, Random& random);

  private:
    void was_written(std::uint8_t control);
    void begin(EepromWrite const& write, Cycles lasts);
    void was_reset();

    Mcu& mcu_;
    std::vector<std::string>& complaints_;
    std::optional<EepromWrite> in_flight_;
    Cycles until_{};
    std::int64_t begun_ = 0;
    Mcu::Alarm done_;
};

}  // namespace fake
