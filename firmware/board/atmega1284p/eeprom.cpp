#include "firmware/board/atmega1284p/eeprom.hpp"

#include <avr/interrupt.h>
#include <avr/io.h>

namespace board {

bool Eeprom::ready() { return (EECR & 1 << EEPE) == 0; }

uint8_t Eeprom::read(uint16_t address) {
    while (!ready()) {
    }
    EEAR = address;
    EECR |= 1 << EERE;
    return EEDR;
}

void Eeprom::write(uint16_t address, uint8_t value) {
    // Written again as it is, a byte would wear for nothing, and be at risk meanwhile.
    if (read(address) == value) return;
    EEAR = address;
    EEDR = value;
    uint8_t const interrupts = SREG;
    cli();  // EEPE must follow EEMPE within four cycles
    EECR |= 1 << EEMPE;
    EECR |= 1 << EEPE;
    SREG = interrupts;
}

}  // namespace board
