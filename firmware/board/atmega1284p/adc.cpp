#include "firmware/board/atmega1284p/adc.hpp"

namespace board {
namespace {

constexpr uint32_t reference = 5000;  // millivolts
constexpr uint32_t steps = 1024;

}  // namespace

void start_adc() {
    DIDR0 = 0x07;  // the three channels are no digital inputs
    // 14.7456 MHz / 128 is 115 kHz: between the 50 and 200 that ten bits need.
    ADCSRA = 1 << ADEN | 1 << ADPS2 | 1 << ADPS1 | 1 << ADPS0;
}

uint16_t measure(Channel channel) {
    ADMUX = static_cast<uint8_t>(1 << REFS0 | static_cast<uint8_t>(channel));
    ADCSRA |= 1 << ADSC;
    while ((ADCSRA & 1 << ADSC) != 0) {
    }
    return static_cast<uint16_t>(ADC * reference / steps);
}

}  // namespace board
