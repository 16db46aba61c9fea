// What the board sees: contacts and voltages as they come, and what counts of them.
#pragma once

#include "firmware/core/debounce.hpp"
#include "firmware/core/threshold.hpp"
#include "firmware/protocol/messages.hpp"

namespace supervisor {

// As the pins say, in the sense of the name.
struct RawInputs {
    bool door_open;
    bool tilted;
    bool key_turned;
    bool headphones;
    uint16_t distance;    // of the sensor, millivolts: more is nearer
    uint16_t supply;      // of the PC, millivolts
    int16_t temperature;  // of the board, tenths of a degree Celsius
};

class Inputs {
  public:
    // At each turn. `changed` has a bit for each Input that counts anew since the last turn.
    void take(RawInputs const& raw, Time now);

    uint8_t levels() const { return levels_; }
    uint8_t changed() const { return changed_; }
    bool has(Input input) const { return (levels_ & static_cast<uint8_t>(input)) != 0; }
    bool changed(Input input) const { return (changed_ & static_cast<uint8_t>(input)) != 0; }
    uint8_t problems() const { return problems_; }
    uint8_t problems_changed() const { return problems_changed_; }
    bool has(Problem problem) const { return (problems_ & static_cast<uint8_t>(problem)) != 0; }
    bool problem_changed(Problem problem) const {
        return (problems_changed_ & static_cast<uint8_t>(problem)) != 0;
    }
    RawInputs const& raw() const { return raw_; }

  private:
    RawInputs raw_ = {};
    uint8_t levels_ = 0;
    uint8_t changed_ = 0;
    uint8_t problems_ = 0;
    uint8_t problems_changed_ = 0;

    Debounced door_{50};
    Debounced tilt_{300};  // a passer-by knocks against it
    Debounced key_{50};
    Debounced headphones_{100};  // the plug slides past the contact
    // GP2Y0A02YK: 650 mV at about 100 cm, 550 mV at 120. Who comes is seen soon, who turns to a
    // child for a moment has not left.
    Threshold presence_{{650, 550, 300, 2000}};
    // Unplugged it says nothing at all, and shorted more than it can: then nobody knows.
    Threshold sensor_silent_{{-80, -120, 1000, 1000}};
    Threshold sensor_loud_{{3300, 3200, 1000, 1000}};
    // 12 V less 10 %, from which a PC's supply may fail; and more 10 %.
    Threshold supply_low_{{-10800, -11200, 200, 1000}};
    Threshold supply_high_{{13200, 13000, 200, 1000}};
    Threshold heat_{{700, 650, 5000, 5000}};
};

}  // namespace supervisor
