#include "firmware/core/lights.hpp"

namespace supervisor {
namespace {

// 0 to 255 and back within the period.
uint8_t wave(Span period, Time now) {
    Span const at = now % period;
    Span const half = period / 2;
    Span const rise = at < half ? at : period - at;
    return static_cast<uint8_t>(rise * 255 / half);
}

// The eye sees a fourth of the light as half: the square makes a slope look even.
uint8_t between(uint8_t darkest, uint8_t brightest, uint8_t position) {
    uint16_t const squared = static_cast<uint16_t>(position * position / 255);
    return static_cast<uint8_t>(darkest + (brightest - darkest) * squared / 255);
}

bool first_half(Span period, Time now) { return now % period < period / 2; }

// Two short flashes, then a rest.
bool double_flash(Time now) {
    Span const at = now % 2000;
    return at < 200 || (at >= 400 && at < 600);
}

Colour white(uint8_t level) { return {level, level, level}; }

constexpr Colour dark{0, 0, 0};
constexpr uint8_t low_light = 60;  // beside a card that is in

}  // namespace

Colour slot_colour(SlotLight light, Time now) {
    switch (light) {
    case SlotLight::off: return dark;
    case SlotLight::breathing: return white(between(8, 90, wave(6000, now)));
    case SlotLight::invite: return white(between(30, 255, wave(2000, now)));
    case SlotLight::steady: return white(low_light);
    case SlotLight::blink: return first_half(1000, now) ? white(200) : dark;
    case SlotLight::error: return double_flash(now) ? Colour{255, 0, 0} : dark;
    case SlotLight::take_card: {
        uint8_t const level = between(20, 255, wave(1000, now));
        return {level, static_cast<uint8_t>(level / 2), 0};
    }
    }
    return dark;
}

Lamps status_lamps(StatusLight light, Time now) {
    switch (light) {
    case StatusLight::off: return {false, false, false};
    case StatusLight::free: return {false, false, true};
    case StatusLight::busy: return {false, true, false};
    case StatusLight::help: return {false, first_half(1000, now), false};
    case StatusLight::out: return {true, false, false};
    }
    return {false, false, false};
}

}  // namespace supervisor
