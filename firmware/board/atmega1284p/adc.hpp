// Voltages at the pins of port A, against the 5 V of the board's supply.
#pragma once

#include "firmware/board/atmega1284p/pins.hpp"

namespace board {

void start_adc();
// Millivolts; waits 113 microseconds.
uint16_t measure(Channel channel);

}  // namespace board
