// The wiring of the ATmega1284P, as in firmware/README.md. The contacts pull their pin to ground
// while all is well, so that a cut wire reads as open or tilted; the key and the plug of headphones
// are the other way round, so that a cut wire gives no right and no private voice.
#pragma once

#include <avr/io.h>

namespace board {

// A bit of a port.
struct Pin {
    uint8_t volatile& port;
    uint8_t volatile& direction;
    uint8_t volatile& input;
    uint8_t mask;

    void make_output() const { direction |= mask; }
    void pull_up() const { port |= mask; }
    bool high() const { return (input & mask) != 0; }
    void set(bool on) const {
        if (on)
            port |= mask;
        else
            port &= static_cast<uint8_t>(~mask);
    }
};

#define BOARD_PIN(letter, bit)                                                                     \
    Pin { PORT##letter, DDR##letter, PIN##letter, 1 << bit }

// Outputs; a resistor pulls each to ground while the chip is in reset.
inline Pin relay() { return BOARD_PIN(C, 0); }          // energised: the PC has no power
inline Pin reader_switch() { return BOARD_PIN(C, 1); }  // high: the reader has no power
inline Pin lamp_green() { return BOARD_PIN(B, 0); }
inline Pin lamp_amber() { return BOARD_PIN(B, 1); }
inline Pin lamp_red() { return BOARD_PIN(B, 2); }
inline Pin slot_red() { return BOARD_PIN(B, 3); }    // OC0A
inline Pin slot_green() { return BOARD_PIN(B, 4); }  // OC0B
inline Pin slot_blue() { return BOARD_PIN(D, 7); }   // OC2A
inline Pin backlight() { return BOARD_PIN(D, 6); }   // OC2B; pulled up: bright while in reset

// Inputs with the chip's own pull-up.
inline Pin door() { return BOARD_PIN(D, 2); }        // closed contact: closed door
inline Pin tilt() { return BOARD_PIN(D, 3); }        // closed contact: upright
inline Pin key() { return BOARD_PIN(D, 4); }         // closed contact: key turned
inline Pin headphones() { return BOARD_PIN(D, 5); }  // closed contact: plugged in

#undef BOARD_PIN

// Channels of the ADC, on port A.
enum class Channel : uint8_t { distance = 0, supply = 1, temperature = 2 };

}  // namespace board
