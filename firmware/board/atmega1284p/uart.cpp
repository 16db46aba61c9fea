#include "firmware/board/atmega1284p/uart.hpp"

#include <avr/interrupt.h>
#include <avr/io.h>

namespace board {
namespace {

constexpr uint32_t baud = 115200;
constexpr uint32_t divisor = F_CPU / 16 / baud;
static_assert(divisor * 16 * baud == F_CPU, "this crystal has no error at this baud rate");

// One side puts, the other takes; one of them is an interrupt. Indices of one byte are read and
// written whole.
template <uint8_t size>
struct Ring {
    static_assert((size & (size - 1)) == 0, "a power of two");
    volatile uint8_t bytes[size];
    volatile uint8_t put_at;
    volatile uint8_t take_at;

    uint8_t used() const { return static_cast<uint8_t>(put_at - take_at) & (size - 1); }
    uint8_t room() const { return static_cast<uint8_t>(size - 1 - used()); }
    bool empty() const { return put_at == take_at; }
    void put(uint8_t byte) {
        bytes[put_at] = byte;
        put_at = static_cast<uint8_t>(put_at + 1) & (size - 1);
    }
    uint8_t take() {
        uint8_t const byte = bytes[take_at];
        take_at = static_cast<uint8_t>(take_at + 1) & (size - 1);
        return byte;
    }
};

// 11.1 ms of the line at full speed; the main loop takes every 10 ms, and after each interrupt.
Ring<128> received;
Ring<128> to_send;
bool volatile sending;

}  // namespace

ISR(USART0_RX_vect) {
    uint8_t const byte = UDR0;
    // What finds no room is lost; the frame's CRC finds it.
    if (received.room() > 0) received.put(byte);
}

ISR(USART0_UDRE_vect) {
    if (to_send.empty()) {
        UCSR0B &= static_cast<uint8_t>(~(1 << UDRIE0));
        return;
    }
    UCSR0A = 1 << TXC0;  // written one: cleared
    UDR0 = to_send.take();
}

void Uart::start() {
    UBRR0 = divisor - 1;
    UCSR0C = 1 << UCSZ01 | 1 << UCSZ00;
    UCSR0B = 1 << RXEN0 | 1 << TXEN0 | 1 << RXCIE0;
}

void Uart::send(supervisor::Frame const& frame) {
    supervisor::FrameWriter const writer{frame};
    if (writer.end() - writer.begin() > to_send.room()) return;
    for (auto const* byte = writer.begin(); byte != writer.end(); ++byte)
        to_send.put(*byte);
    sending = true;
    UCSR0B |= 1 << UDRIE0;
}

bool Uart::take(uint8_t& byte) {
    if (received.empty()) return false;
    byte = received.take();
    return true;
}

bool Uart::quiet() const { return !sending || (to_send.empty() && (UCSR0A & 1 << TXC0) != 0); }

}  // namespace board
