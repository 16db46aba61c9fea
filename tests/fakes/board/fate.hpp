// What a power cut leaves of the EEPROM byte or flash page that was being changed.
#pragma once

#include <cstdint>
#include <random>

namespace fake {

enum class Fate : std::uint8_t {
    untouched,  // as before
    erased,     // FF: erased, and not written yet
    half,       // a byte with some bits changed; a page with its first half changed
    junk,       // anything
    done,       // as wanted
};
inline constexpr Fate every_fate[]{Fate::untouched, Fate::erased, Fate::half, Fate::junk,
                                   Fate::done};

using Random = std::mt19937;
inline std::uint8_t any_byte(Random& random) { return static_cast<std::uint8_t>(random()); }

}  // namespace fake
