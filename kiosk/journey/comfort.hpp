// How the screens are shown to the person in front of them. Changed at any time, without losing
// anything; whoever comes next finds the usual one.
#pragma once

#include <cstddef>
#include <cstdint>

namespace journey {

enum class Contrast : std::uint8_t {
    usual,
    strong,  // white on black
    gentle,  // for eyes that light hurts
};

// In the order of the button that changes it.
constexpr Contrast contrast_after(Contrast contrast) {
    switch (contrast) {
    case Contrast::usual: return Contrast::strong;
    case Contrast::strong: return Contrast::gentle;
    case Contrast::gentle: return Contrast::usual;
    }
    return Contrast::usual;
}

enum class TextSize : std::uint8_t { usual, larger, large, largest };
inline constexpr std::size_t text_size_count = static_cast<std::size_t>(TextSize::largest) + 1;

// In the order of the button that changes it; round again after the largest.
constexpr TextSize size_after(TextSize size) {
    auto const next = static_cast<std::size_t>(size) + 1;
    return static_cast<TextSize>(next % text_size_count);
}

constexpr TextSize size_before(TextSize size) {
    auto const at = static_cast<std::size_t>(size);
    return static_cast<TextSize>(at == 0 ? 0 : at - 1);
}

inline constexpr int slowest_pace = -2;
inline constexpr int fastest_pace = 2;

struct Comfort {
    Contrast contrast = Contrast::usual;
    TextSize text_size = TextSize::usual;
    bool listen = false;  // what is on the screen is read aloud
    bool easy = false;    // easy-to-read French; the language is then French
    bool low = false;     // all that can be touched is within reach of a seated person
    int pace = 0;         // of the voice, in steps from the usual one

    // EN 301 549 11.2.2.1 asks that limits can be longer: who listens or reads slowly has twice as
    // long everywhere.
    constexpr int patience() const {
        return listen || easy || text_size != TextSize::usual ? 2 : 1;
    }
};

}  // namespace journey
