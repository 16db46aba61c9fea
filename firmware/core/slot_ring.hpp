// Records of one size in a ring of slots, each whole or not there at all, whenever the power goes.
//
// A slot is a marker, the record's sequence, its body and the CRC of both. Only one marker means
// that the slot holds something. It is erased before anything else of the slot is touched, and
// written when all else is there: a slot torn in the middle has no marker, one torn in its marker
// holds a whole record, the old one or the new one, however that byte reads. The CRC is for cells
// that grow old.
#pragma once

#include "firmware/core/byte_memory.hpp"

namespace supervisor {

constexpr uint8_t longest_record = 40;
constexpr uint8_t slot_overhead = 7;  // beside the body

struct RingLayout {
    uint16_t address;
    uint16_t slots;
    uint8_t body;  // bytes of a record, at most longest_record
};

class SlotRing {
  public:
    // Looks at every slot; the memory must be ready, and outlive the ring.
    SlotRing(ByteMemory& memory, RingLayout const& layout);

    // The sequence that the next record gets; the first record of all has 1.
    uint32_t next() const { return next_; }
    bool empty() const { return next_ == 1; }

    // False when that record was overwritten, damaged or never written.
    bool read(uint32_t sequence, uint8_t* body) const;

    // Begins to write a record over the oldest one; not while busy().
    void append(uint8_t const* body);
    bool busy() const { return stage_ != Stage::idle; }
    // At each turn; true when a record just became safe.
    bool step();

  private:
    enum class Stage : uint8_t { idle, erase, fill, mark, settle };

    uint8_t size() const { return static_cast<uint8_t>(layout_.body + slot_overhead); }
    uint16_t slot_of(uint32_t sequence) const;
    bool load(uint16_t at, uint8_t* content) const;

    ByteMemory& memory_;
    RingLayout layout_;
    uint32_t next_ = 1;
    Stage stage_ = Stage::idle;
    uint8_t written_ = 0;
    uint8_t content_[longest_record + slot_overhead - 1] = {};  // without the marker
};

}  // namespace supervisor
