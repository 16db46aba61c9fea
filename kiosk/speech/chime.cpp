#include "kiosk/speech/chime.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace speech {
namespace {

struct Note {
    double hertz;
    double seconds;
};

// Low enough for ears that lost the high tones, high enough for small loudspeakers.
constexpr double lower = 587.33;   // D5
constexpr double higher = 880.00;  // A5
constexpr std::array attention{Note{higher, 0.14}, Note{0, 0.06}, Note{higher, 0.14}};
constexpr std::array done{Note{lower, 0.14}, Note{higher, 0.24}};

// About as loud as the voices: their peaks reach 0.9, but most of the time they are far below.
constexpr double peak = 0.3 * 32767;

std::span<Note const> notes_of(Chime chime) {
    switch (chime) {
    case Chime::attention: return attention;
    case Chime::done: return done;
    }
    return {};
}

// Swells within a hundredth of a second and dies away over the rest: no edge that clicks.
double envelope(double seconds, double length) {
    constexpr double swell = 0.01;
    double const rise = std::min(1.0, seconds / swell);
    double const rest = std::clamp((length - seconds) / (length - swell), 0.0, 1.0);
    return std::sin(rise * std::numbers::pi / 2) * rest * rest;
}

}  // namespace

std::vector<std::int16_t> samples_of(Chime chime, int sample_rate) {
    std::vector<std::int16_t> result;
    for (auto const& note : notes_of(chime)) {
        auto const count = static_cast<int>(note.seconds * sample_rate);
        for (int i = 0; i < count; ++i) {
            double const seconds = static_cast<double>(i) / sample_rate;
            double const tone = std::sin(2 * std::numbers::pi * note.hertz * seconds);
            result.push_back(
                static_cast<std::int16_t>(peak * tone * envelope(seconds, note.seconds)));
        }
    }
    return result;
}

}  // namespace speech
