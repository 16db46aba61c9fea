// Simulated time. It moves only while a board runs and never waits for a wall clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <ratio>

namespace fake {

// Of the crystal, 14.7456 MHz: each is 67.8 ns, and 115200 baud are exactly 128 of them a bit.
inline constexpr std::uint32_t crystal_hertz = 14'745'600;
using Cycles = std::chrono::duration<std::int64_t, std::ratio<1, crystal_hertz>>;

// Since the board was made; it goes on over resets and power cuts.
using Time = std::chrono::nanoseconds;
using Span = std::chrono::nanoseconds;

constexpr Cycles to_cycles(Span span) { return std::chrono::duration_cast<Cycles>(span); }
constexpr Span to_span(Cycles cycles) { return std::chrono::duration_cast<Span>(cycles); }

}  // namespace fake
