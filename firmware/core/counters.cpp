#include "firmware/core/counters.hpp"

namespace supervisor {

Counters::Counters(ByteMemory& memory) : ring_(memory, counter_ring) {
    uint8_t body[counter_ring.body];
    // The newest; an older one, if cells of the newest have grown old since.
    for (uint16_t back = 1; back <= counter_ring.slots && back < ring_.next(); ++back) {
        if (!ring_.read(ring_.next() - back, body)) continue;
        for (uint8_t i = 0; i < counter_count; ++i)
            for (uint8_t byte = 4; byte-- > 0;)
                values_[i] = values_[i] << 8 | body[4 * i + byte];
        return;
    }
}

void Counters::count(Counter counter) {
    ++values_[static_cast<uint8_t>(counter)];
    changed_ = true;
}

void Counters::step() {
    ring_.step();
    if (!changed_ || ring_.busy()) return;
    uint8_t body[counter_ring.body];
    for (uint8_t i = 0; i < counter_count; ++i)
        for (uint8_t byte = 0; byte < 4; ++byte)
            body[4 * i + byte] = static_cast<uint8_t>(values_[i] >> 8 * byte);
    changed_ = false;
    ring_.append(body);
}

}  // namespace supervisor
