// An application to be flashed: it says which version it is and why it started, shows the version
// at port B, and does what it is told. Its table makes it as long as an update needs to be torn in
// many places.
#include "firmware/boot/handover.hpp"

#include <avr/io.h>
#include <stdint.h>
#include <util/delay.h>

namespace {

struct Ballast {
    uint8_t bytes[GUEST_BALLAST];
};
constexpr Ballast make_ballast() {
    Ballast ballast = {};
    for (uint16_t i = 0; i < GUEST_BALLAST; ++i)
        ballast.bytes[i] = static_cast<uint8_t>(i * 7 + FIRMWARE_MAJOR);
    return ballast;
}
// Behind the code, so that a mixture of two guests comes far enough to say that it is one.
Ballast const volatile ballast = make_ballast();

void send(uint8_t byte) {
    while ((UCSR0A & _BV(UDRE0)) == 0) {
    }
    UDR0 = byte;
}

// Of what the loader left behind: all registers but two are as after a reset.
bool is_clean() {
    return WDTCSR == 0 && UCSR0A == _BV(UDRE0) && UCSR0B == 0 && UBRR0 == 0 && TCCR1B == 0 &&
           TCNT1 == 0 && TIFR1 == 0 && RAMPZ == 0 && MCUSR == 0 && (SREG & _BV(SREG_I)) == 0;
}

void begin_eeprom_write() {
    EEAR = 0;
    EEDR = 0x42;
    EECR = _BV(EEMPE);
    EECR = _BV(EEMPE) | _BV(EEPE);
}

}  // namespace

int main() {
    bool const clean = is_clean();
    UBRR0 = 7;
    UCSR0B = _BV(RXEN0) | _BV(TXEN0);
    uint8_t sum = 0;
    for (uint16_t i = 0; i < GUEST_BALLAST; ++i)
        sum = static_cast<uint8_t>(sum + ballast.bytes[i]);
    send('V');
    send(FIRMWARE_MAJOR);
    send(boot::reset_flags());
    send(boot::was_asked_for() ? 1 : 0);
    send(clean ? 1 : 0);
    send(sum);
    PORTB = FIRMWARE_MAJOR;
    DDRB = 0xFF;
#ifdef GUEST_HANGS
    wdt_enable(WDTO_60MS);
    for (;;)
        asm volatile("");
#endif
    for (;;) {
        if ((UCSR0A & _BV(RXC0)) == 0) continue;
        switch (UDR0) {
        case 'L': boot::enter_boot_loader();
        case 'J': asm volatile("jmp 0x1F000"); break;  // as if it ran astray
        case 'W': wdt_enable(WDTO_15MS); break;
        case 'E': begin_eeprom_write(); break;
        default: send('?');
        }
    }
}
