#include "firmware/board/atmega1284p/timers.hpp"

#include "firmware/board/atmega1284p/pins.hpp"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

namespace board {
namespace {

constexpr uint32_t ticks_a_second = 1000 / tick;
constexpr uint32_t period = F_CPU / 1024 / ticks_a_second;
static_assert(period * 1024 * ticks_a_second == F_CPU, "the tick has no error");
static_assert(period <= 65536, "timer 1 has sixteen bits");

volatile uint8_t ticks;

}  // namespace

ISR(TIMER1_COMPA_vect) { ++ticks; }

void start_timers() {
    // Timer 1 counts to the tick and begins anew.
    OCR1A = period - 1;
    TCCR1B = 1 << WGM12 | 1 << CS12 | 1 << CS10;
    TIMSK1 = 1 << OCIE1A;
    // Timers 0 and 2: fast PWM of 225 Hz (prescaler 256), too fast to be seen. At 0 the output of a
    // fast PWM still has a spike each period: show_slot() takes the pin from the timer then.
    TCCR0A = 1 << WGM01 | 1 << WGM00;
    TCCR0B = 1 << CS02;
    TCCR2A = 1 << WGM21 | 1 << WGM20;
    TCCR2B = 1 << CS22 | 1 << CS21;
}

uint8_t take_ticks() {
    cli();
    if (ticks == 0) {
        SMCR = 1 << SE;  // idle: timers and line go on
        sei();           // takes effect after the next instruction: no tick slips in between
        sleep_cpu();
        SMCR = 0;
        cli();
    }
    uint8_t const taken = ticks;
    ticks = 0;
    sei();
    return taken;
}

namespace {

void connect(uint8_t volatile& control, uint8_t bit, bool connected) {
    if (connected)
        control |= bit;
    else
        control &= static_cast<uint8_t>(~bit);
}

}  // namespace

void show_slot(supervisor::Colour colour) {
    OCR0A = colour.red;
    OCR0B = colour.green;
    OCR2A = colour.blue;
    connect(TCCR0A, 1 << COM0A1, colour.red != 0);
    connect(TCCR0A, 1 << COM0B1, colour.green != 0);
    connect(TCCR2A, 1 << COM2A1, colour.blue != 0);
}

void show_backlight(uint8_t percent) {
    OCR2B = static_cast<uint8_t>(percent * 255u / 100u);
    connect(TCCR2A, 1 << COM2B1, percent != 0);
    backlight().set(percent != 0);  // what the pin shows when the timer lets go of it
}

}  // namespace board
