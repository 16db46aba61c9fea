// What happened, with the time since the board had its power: the last 218 events, kept over any
// loss of power. What was not yet written when the power went is not there; nothing else is lost
// with it.
#pragma once

#include "firmware/core/memory_map.hpp"
#include "firmware/protocol/fields.hpp"

namespace supervisor {

class EventMemory {
  public:
    explicit EventMemory(ByteMemory& memory) : ring_(memory, event_ring) {}

    // Written in the turns that follow. When more happens than can be written, the newest wait in
    // line, and what finds the line full is lost: a contact that trembles for minutes.
    void note(EventRecord const& event);

    // The sequence that the next event written will have.
    uint32_t next() const { return ring_.next(); }
    bool read(uint32_t sequence, EventRecord& event) const;
    // The oldest that may still be there.
    uint32_t oldest() const;

    bool saved() const { return waiting_ == 0 && !ring_.busy(); }
    // At each turn.
    void step();

  private:
    static constexpr uint8_t line = 8;

    SlotRing ring_;
    EventRecord waiting_events_[line] = {};
    uint8_t waiting_ = 0;
};

}  // namespace supervisor
