// What travels between the PC and the supervisor, on either side: a body in COBS (Cheshire and
// Baker, 1999) that a zero byte ends. The body is type, sequence number, payload and CRC, the high
// byte first. Also compiled by avr-g++ 5.4: C++14, without the library.
#pragma once

#include <stdint.h>

namespace supervisor {

constexpr uint8_t longest_payload = 48;

struct Frame {
    uint8_t type;
    uint8_t sequence;
    uint8_t size;  // of the payload
    uint8_t payload[longest_payload];
};

// In the body, beside the payload: type, sequence number and CRC.
constexpr uint8_t body_overhead = 4;
constexpr uint8_t longest_body = longest_payload + body_overhead;
// On the wire, beside the body: one COBS code, since no body has 254 bytes, and the zero.
constexpr uint8_t longest_wire = longest_body + 2;
static_assert(longest_body < 254, "a second COBS code would be needed");

// CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF. Of "123456789" it is 29B1.
constexpr uint16_t crc_begin = 0xFFFF;
constexpr uint16_t crc_of(uint16_t crc, uint8_t byte) {
    crc = static_cast<uint16_t>(crc ^ static_cast<uint16_t>(byte << 8));
    for (uint8_t bit = 0; bit < 8; ++bit)
        crc = static_cast<uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
    return crc;
}

// The bytes of one frame, as they leave.
class FrameWriter {
  public:
    explicit FrameWriter(Frame const& frame) {
        put(frame.type);
        put(frame.sequence);
        for (uint8_t i = 0; i < frame.size && i < longest_payload; ++i)
            put(frame.payload[i]);
        auto const crc = crc_;
        put(static_cast<uint8_t>(crc >> 8));
        put(static_cast<uint8_t>(crc & 0xFF));
        wire_[code_] = static_cast<uint8_t>(size_ - code_);
        wire_[size_++] = 0;
    }

    uint8_t const* begin() const { return wire_; }
    uint8_t const* end() const { return wire_ + size_; }

  private:
    void put(uint8_t byte) {
        crc_ = crc_of(crc_, byte);
        if (byte != 0) {
            wire_[size_++] = byte;
            return;
        }
        wire_[code_] = static_cast<uint8_t>(size_ - code_);
        code_ = size_++;
    }

    uint8_t wire_[longest_wire] = {};
    uint8_t size_ = 1;
    uint8_t code_ = 0;  // where the COBS code of this run of bytes will stand
    uint16_t crc_ = crc_begin;
};

// Finds the frames among the bytes that come, and is whole again after anything else.
class FrameReader {
  public:
    // True when this byte ended a frame; it stands in frame() until the next byte.
    bool take(uint8_t byte) {
        if (byte != 0) {
            if (size_ < sizeof wire_) wire_[size_] = byte;
            if (size_ <= sizeof wire_) ++size_;  // one more than there is room: too long
            return false;
        }
        bool const whole = size_ <= sizeof wire_ && decode();
        // Zeros alone are what a line says that wakes up.
        if (!whole && size_ != 0) ++refused_;
        size_ = 0;
        return whole;
    }

    Frame const& frame() const { return frame_; }
    // What came between two zeros and was no frame; wraps.
    uint16_t refused() const { return refused_; }

  private:
    bool decode() {
        uint8_t body[longest_body];
        uint8_t length = 0;
        for (uint8_t at = 0; at < size_;) {
            uint8_t const code = wire_[at];
            if (code > size_ - at) return false;
            for (uint8_t i = 1; i < code; ++i)
                if (!append(body, length, wire_[at + i])) return false;
            at = static_cast<uint8_t>(at + code);
            if (at < size_ && !append(body, length, 0)) return false;
        }
        if (length < body_overhead) return false;
        auto crc = crc_begin;
        for (uint8_t i = 0; i < length; ++i)
            crc = crc_of(crc, body[i]);
        if (crc != 0) return false;  // a body followed by its own CRC
        frame_.type = body[0];
        frame_.sequence = body[1];
        frame_.size = static_cast<uint8_t>(length - body_overhead);
        for (uint8_t i = 0; i < frame_.size; ++i)
            frame_.payload[i] = body[2 + i];
        return true;
    }

    static bool append(uint8_t (&body)[longest_body], uint8_t& length, uint8_t byte) {
        if (length == longest_body) return false;
        body[length++] = byte;
        return true;
    }

    uint8_t wire_[longest_wire - 1];
    uint8_t size_ = 0;
    Frame frame_ = {};
    uint16_t refused_ = 0;
};

}  // namespace supervisor
