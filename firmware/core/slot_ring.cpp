#include "firmware/core/slot_ring.hpp"

#include "firmware/protocol/frame.hpp"

namespace supervisor {
namespace {

constexpr uint8_t marked = 0xA5;
constexpr uint8_t unmarked = 0xFF;

uint32_t sequence_in(uint8_t const* content) {
    uint32_t sequence = 0;
    for (uint8_t i = 4; i-- > 0;)
        sequence = sequence << 8 | content[i];
    return sequence;
}

}  // namespace

SlotRing::SlotRing(ByteMemory& memory, RingLayout const& layout)
    : memory_(memory), layout_(layout) {
    for (uint16_t i = 0; i < layout_.slots; ++i) {
        uint8_t content[sizeof content_];
        if (!load(static_cast<uint16_t>(layout_.address + i * size()), content)) continue;
        uint32_t const sequence = sequence_in(content);
        if (sequence >= next_) next_ = sequence + 1;
    }
}

uint16_t SlotRing::slot_of(uint32_t sequence) const {
    return static_cast<uint16_t>(layout_.address + sequence % layout_.slots * size());
}

// The slot without its marker, if it is whole.
bool SlotRing::load(uint16_t at, uint8_t* content) const {
    if (memory_.read(at) != marked) return false;
    auto crc = crc_begin;
    for (uint8_t i = 0; i + 1 < size(); ++i) {
        content[i] = memory_.read(static_cast<uint16_t>(at + 1 + i));
        crc = crc_of(crc, content[i]);
    }
    return crc == 0;  // a record followed by its own CRC
}

bool SlotRing::read(uint32_t sequence, uint8_t* body) const {
    uint8_t content[sizeof content_];
    if (!load(slot_of(sequence), content) || sequence_in(content) != sequence) return false;
    for (uint8_t i = 0; i < layout_.body; ++i)
        body[i] = content[4 + i];
    return true;
}

void SlotRing::append(uint8_t const* body) {
    for (uint8_t i = 0; i < 4; ++i)
        content_[i] = static_cast<uint8_t>(next_ >> 8 * i);
    for (uint8_t i = 0; i < layout_.body; ++i)
        content_[4 + i] = body[i];
    auto crc = crc_begin;
    uint8_t const end = static_cast<uint8_t>(4 + layout_.body);
    for (uint8_t i = 0; i < end; ++i)
        crc = crc_of(crc, content_[i]);
    content_[end] = static_cast<uint8_t>(crc >> 8);
    content_[end + 1] = static_cast<uint8_t>(crc & 0xFF);
    stage_ = Stage::erase;
}

bool SlotRing::step() {
    if (stage_ == Stage::idle || !memory_.ready()) return false;
    uint16_t const at = slot_of(next_);
    switch (stage_) {
    case Stage::idle: return false;
    case Stage::erase:
        memory_.write(at, unmarked);
        written_ = 0;
        stage_ = Stage::fill;
        return false;
    case Stage::fill:
        memory_.write(static_cast<uint16_t>(at + 1 + written_), content_[written_]);
        if (++written_ + 1 == size()) stage_ = Stage::mark;
        return false;
    case Stage::mark:
        memory_.write(at, marked);
        stage_ = Stage::settle;
        return false;
    case Stage::settle:
        // Ready again: the marker itself is written.
        ++next_;
        stage_ = Stage::idle;
        return true;
    }
    return false;
}

}  // namespace supervisor
