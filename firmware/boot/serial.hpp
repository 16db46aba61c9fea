// UART0, polled: 115200 baud, 8N1.
#pragma once

#include <avr/io.h>
#include <stdint.h>
#include <util/delay.h>

namespace boot {
namespace serial {

constexpr uint32_t baud = 115200;
constexpr uint16_t divisor = F_CPU / 16 / baud - 1;
static_assert((divisor + 1) * 16 * baud == F_CPU,
              "the crystal is chosen so that the rate is exact");

inline void open() {
    UCSR0A = 0;
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UBRR0 = divisor;
    UCSR0B = _BV(RXEN0) | _BV(TXEN0);
}

inline bool has_byte() { return (UCSR0A & _BV(RXC0)) != 0; }
inline uint8_t take() { return UDR0; }

inline void put(uint8_t byte) {
    while ((UCSR0A & _BV(UDRE0)) == 0) {
    }
    UDR0 = byte;
}

// As after a reset, when the two bytes that the transmitter may hold have left.
inline void close() {
    _delay_us(200);
    UCSR0B = 0;
    UCSR0A = _BV(TXC0);  // cleared by a one
    UBRR0 = 0;
}

}  // namespace serial
}  // namespace boot
