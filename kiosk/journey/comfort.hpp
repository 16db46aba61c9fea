// How the screens are shown to the person in front of them. Changed at any time, without losing
// anything; whoever comes next finds the usual one.
#pragma once

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

struct Comfort {
    Contrast contrast = Contrast::usual;

    friend bool operator==(Comfort const&, Comfort const&) = default;
};

}  // namespace journey
