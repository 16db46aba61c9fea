// The tick of 10 ms, and the four outputs whose brightness is a share of time.
#pragma once

#include "firmware/core/lights.hpp"
#include "firmware/core/time.hpp"

namespace board {

constexpr supervisor::Span tick = 10;  // milliseconds

void start_timers();
// Ticks since the last call; sleeps until there is one, or something came on the line.
uint8_t take_ticks();

void show_slot(supervisor::Colour colour);
void show_backlight(uint8_t percent);

}  // namespace board
