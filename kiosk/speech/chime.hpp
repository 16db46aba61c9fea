// Two short sounds that say something without words. They tell nothing about a person.
#pragma once

#include <cstdint>
#include <vector>

namespace speech {

// Each has its equivalent on the screen (EN 301 549, 5.1.5): who does not hear misses nothing.
enum class Chime : std::uint8_t {
    attention,  // the same note twice: something is asked of the person
    done,       // a note and a higher one
};

// 16-bit mono, under half a second; it begins and ends in silence and stays far from clipping.
std::vector<std::int16_t> samples_of(Chime chime, int sample_rate);

}  // namespace speech
