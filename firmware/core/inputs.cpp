#include "firmware/core/inputs.hpp"

namespace supervisor {
namespace {

uint8_t bit(Input input, bool set) { return set ? static_cast<uint8_t>(input) : uint8_t{0}; }
uint8_t bit(Problem problem, bool set) { return set ? static_cast<uint8_t>(problem) : uint8_t{0}; }

// Never more than a voltage at an input of the board can be.
int16_t as_signed(uint16_t millivolts) {
    return millivolts > 32767 ? int16_t{32767} : static_cast<int16_t>(millivolts);
}

}  // namespace

void Inputs::take(RawInputs const& raw, Time now) {
    raw_ = raw;
    door_.take(raw.door_open, now);
    tilt_.take(raw.tilted, now);
    key_.take(raw.key_turned, now);
    headphones_.take(raw.headphones, now);

    auto const distance = as_signed(raw.distance);
    presence_.take(distance, now);
    sensor_silent_.take(static_cast<int16_t>(-distance), now);
    sensor_loud_.take(distance, now);
    auto const supply = as_signed(raw.supply);
    supply_low_.take(static_cast<int16_t>(-supply), now);
    supply_high_.take(supply, now);
    heat_.take(raw.temperature, now);

    uint8_t const levels = static_cast<uint8_t>(
        bit(Input::presence, presence_.level()) | bit(Input::door_open, door_.level()) |
        bit(Input::tilted, tilt_.level()) | bit(Input::key_turned, key_.level()) |
        bit(Input::headphones, headphones_.level()));
    changed_ = levels_ ^ levels;
    levels_ = levels;

    uint8_t const problems = static_cast<uint8_t>(
        bit(Problem::supply, supply_low_.level() || supply_high_.level()) |
        bit(Problem::heat, heat_.level()) |
        bit(Problem::presence_sensor, sensor_silent_.level() || sensor_loud_.level()));
    problems_changed_ = problems_ ^ problems;
    problems_ = problems;
}

}  // namespace supervisor
