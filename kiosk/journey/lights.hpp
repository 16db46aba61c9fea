// The lights outside the screen: the ring around the card slot, for who stands before it, and the
// status light, for who looks over from the reception. A table, as the journey is.
#pragma once

#include "kiosk/journey/state.hpp"

#include <cstdint>

namespace journey {

enum class SlotLight : std::uint8_t {
    off,
    breathing,  // the kiosk is ready, and nobody is near
    invite,     // "put the card in here"
    steady,     // the card is in and stays in
    blink,      // it is being read
    error,      // it cannot be read: the screen says what to do
    take_card,
};

enum class StatusLight : std::uint8_t {
    off,
    free,
    busy,
    help,  // somebody asks for a helper, or the staff is to come and look
    out,   // closed
};

struct Lights {
    SlotLight slot = SlotLight::off;
    StatusLight status = StatusLight::off;

    friend bool operator==(Lights const&, Lights const&) = default;
};

// What the lights are told from.
struct Scene {
    State state = State::starting;
    bool card_present = false;
    bool someone = false;  // near; without a sensor nobody is
    bool help_wanted = false;
};

constexpr SlotLight slot_light(Scene const& scene) {
    switch (phase(scene.state)) {
    // Nothing is done with a card put in now, nor with one that was in when the kiosk closed.
    case Phase::closed: return scene.card_present ? SlotLight::take_card : SlotLight::off;
    case Phase::idle: return scene.someone ? SlotLight::invite : SlotLight::breathing;
    case Phase::withdrawal: return SlotLight::off;
    case Phase::session:
        return scene.state == State::reading || scene.state == State::checking_card
                   ? SlotLight::blink
                   : SlotLight::steady;
    // A withdrawal needs no card.
    case Phase::saving: return scene.card_present ? SlotLight::steady : SlotLight::off;
    case Phase::farewell:
        if (scene.state == State::card_trouble) return SlotLight::error;
        if (scene.card_present) return SlotLight::take_card;
        // Pulled out too early, it is likely to come back.
        return scene.state == State::card_taken ? SlotLight::invite : SlotLight::off;
    }
    return SlotLight::off;
}

constexpr StatusLight status_light(Scene const& scene) {
    if (scene.help_wanted) return StatusLight::help;
    switch (phase(scene.state)) {
    case Phase::closed: return StatusLight::out;
    case Phase::idle: return StatusLight::free;
    case Phase::withdrawal:
    case Phase::session:
    case Phase::saving:
    case Phase::farewell: return StatusLight::busy;
    }
    return StatusLight::off;
}

constexpr Lights lights(Scene const& scene) { return {slot_light(scene), status_light(scene)}; }

}  // namespace journey
