// Firmware that keeps one number in a ring of SLOTS, to be cut off while it does. At its start it
// says the last number kept; for each byte it hears it keeps the next one, and says so when it is
// safe.
#include "firmware/board/atmega1284p/eeprom.hpp"
#include "firmware/core/slot_ring.hpp"

#include <avr/io.h>

extern "C" void __cxa_pure_virtual() {
    for (;;)
        asm volatile("");
}

namespace {

void say(uint8_t byte) {
    while ((UCSR0A & 1 << UDRE0) == 0) {
    }
    UDR0 = byte;
}

}  // namespace

int main() {
    UBRR0 = F_CPU / 16 / 115200 - 1;
    UCSR0B = 1 << RXEN0 | 1 << TXEN0;
    board::Eeprom eeprom;
    supervisor::SlotRing ring{eeprom, {0, SLOTS, 4}};
    say(static_cast<uint8_t>(ring.next() - 1));
    for (;;) {
        while ((UCSR0A & 1 << RXC0) == 0) {
        }
        uint8_t const heard = UDR0;
        uint8_t const record[4] = {heard, heard, heard, heard};
        ring.append(record);
        while (!ring.step()) {
        }
        say(static_cast<uint8_t>(ring.next() - 1));
    }
}
