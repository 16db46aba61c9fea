// Time since something was waited for, by timer 1, polled at least every 4 s.
#pragma once

#include <avr/io.h>
#include <stdint.h>

namespace boot {

class Clock {
  public:
    static constexpr uint16_t tenth_of_a_second = F_CPU / 1024 / 10;

    static void open() { TCCR1B = _BV(CS12) | _BV(CS10); }
    static void close() {  // as after a reset
        TCCR1B = 0;
        TCNT1 = 0;
        TIFR1 = 0xFF;
    }

    void restart() {
        last_ = TCNT1;
        tenths_ = 0;
    }
    // Stands still at the longest time it can say.
    uint16_t tenths() {
        uint16_t const now = TCNT1;
        while (static_cast<uint16_t>(now - last_) >= tenth_of_a_second) {
            last_ = static_cast<uint16_t>(last_ + tenth_of_a_second);
            if (tenths_ != UINT16_MAX) ++tenths_;
        }
        return tenths_;
    }

  private:
    uint16_t last_ = 0;
    uint16_t tenths_ = 0;
};

}  // namespace boot
