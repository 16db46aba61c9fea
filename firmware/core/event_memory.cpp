#include "firmware/core/event_memory.hpp"

namespace supervisor {

void EventMemory::note(EventRecord const& event) {
    if (waiting_ < line) waiting_events_[waiting_++] = event;
}

uint32_t EventMemory::oldest() const {
    return ring_.next() > event_ring.slots ? ring_.next() - event_ring.slots : 1;
}

// In the memory an event has the fields of its frame, without the sequence that its slot has.
bool EventMemory::read(uint32_t sequence, EventRecord& event) const {
    Frame frame;
    frame.size = event_body;
    if (!ring_.read(sequence, frame.payload)) return false;
    PayloadReader in{frame};
    event = read_event_body(in);
    event.sequence = sequence;
    return true;
}

void EventMemory::step() {
    ring_.step();
    if (waiting_ == 0 || ring_.busy()) return;
    Frame frame;
    PayloadWriter out{frame};
    write_body(out, waiting_events_[0]);
    ring_.append(frame.payload);
    --waiting_;
    for (uint8_t i = 0; i < waiting_; ++i)
        waiting_events_[i] = waiting_events_[i + 1];
}

}  // namespace supervisor
