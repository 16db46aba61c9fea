// Where each field of a payload stands: written and read in one place for both sides.
#pragma once

#include "firmware/protocol/frame.hpp"
#include "firmware/protocol/messages.hpp"

namespace supervisor {

// Appends to a frame's payload; what would not fit is a fault of the sizes, and left out.
class PayloadWriter {
  public:
    explicit PayloadWriter(Frame& frame) : frame_(frame) { frame_.size = 0; }

    void u8(uint8_t value) {
        if (frame_.size < longest_payload) frame_.payload[frame_.size++] = value;
    }
    void u16(uint16_t value) {
        u8(static_cast<uint8_t>(value & 0xFF));
        u8(static_cast<uint8_t>(value >> 8));
    }
    void u32(uint32_t value) {
        u16(static_cast<uint16_t>(value & 0xFFFF));
        u16(static_cast<uint16_t>(value >> 16));
    }

  private:
    Frame& frame_;
};

// Takes from a payload; whoever asked whether the size is enough may read without asking again.
class PayloadReader {
  public:
    explicit PayloadReader(Frame const& frame) : frame_(frame) {}

    uint8_t u8() { return at_ < frame_.size ? frame_.payload[at_++] : uint8_t{0}; }
    uint16_t u16() {
        uint8_t const low = u8();
        return static_cast<uint16_t>(low | static_cast<uint16_t>(u8() << 8));
    }
    uint32_t u32() {
        uint16_t const low = u16();
        return static_cast<uint32_t>(low) | static_cast<uint32_t>(u16()) << 16;
    }

  private:
    Frame const& frame_;
    uint8_t at_ = 0;
};

struct Version {
    uint8_t major;
    uint8_t minor;
    uint8_t patch;
};
constexpr bool operator==(Version a, Version b) {
    return a.major == b.major && a.minor == b.minor && a.patch == b.patch;
}

struct Greeting {
    uint8_t protocol;
    Version firmware;
    BoardReset reset;
    PcStart pc_start;
    uint32_t next_event;  // the sequence that the next event will have
};

inline void write(PayloadWriter& out, Greeting const& greeting) {
    out.u8(greeting.protocol);
    out.u8(greeting.firmware.major);
    out.u8(greeting.firmware.minor);
    out.u8(greeting.firmware.patch);
    out.u8(static_cast<uint8_t>(greeting.reset));
    out.u8(static_cast<uint8_t>(greeting.pc_start));
    out.u32(greeting.next_event);
}

inline bool read(Frame const& frame, Greeting& greeting) {
    if (frame.size < greeting_size) return false;
    PayloadReader in{frame};
    greeting.protocol = in.u8();
    greeting.firmware.major = in.u8();
    greeting.firmware.minor = in.u8();
    greeting.firmware.patch = in.u8();
    greeting.reset = static_cast<BoardReset>(in.u8());
    greeting.pc_start = static_cast<PcStart>(in.u8());
    greeting.next_event = in.u32();
    return true;
}

struct Status {
    PowerState power;
    uint8_t inputs;       // bits: Input
    uint16_t supply;      // of the PC, millivolts
    int16_t temperature;  // of the board, tenths of a degree Celsius
    uint16_t distance;    // what the distance sensor says, millivolts: more is nearer
    uint32_t uptime;      // of the board, seconds
    uint32_t next_event;
    SlotLight slot_light;
    StatusLight status_light;
    uint8_t backlight;  // percent
    uint8_t problems;   // bits: Problem
    uint16_t refused;   // what came on the line and was no frame
};

inline void write(PayloadWriter& out, Status const& status) {
    out.u8(static_cast<uint8_t>(status.power));
    out.u8(status.inputs);
    out.u16(status.supply);
    out.u16(static_cast<uint16_t>(status.temperature));
    out.u16(status.distance);
    out.u32(status.uptime);
    out.u32(status.next_event);
    out.u8(static_cast<uint8_t>(status.slot_light));
    out.u8(static_cast<uint8_t>(status.status_light));
    out.u8(status.backlight);
    out.u8(status.problems);
    out.u16(status.refused);
}

inline bool read(Frame const& frame, Status& status) {
    if (frame.size < status_size) return false;
    PayloadReader in{frame};
    status.power = static_cast<PowerState>(in.u8());
    status.inputs = in.u8();
    status.supply = in.u16();
    status.temperature = static_cast<int16_t>(in.u16());
    status.distance = in.u16();
    status.uptime = in.u32();
    status.next_event = in.u32();
    status.slot_light = static_cast<SlotLight>(in.u8());
    status.status_light = static_cast<StatusLight>(in.u8());
    status.backlight = in.u8();
    status.problems = in.u8();
    status.refused = in.u16();
    return true;
}

// One of the event memory. The time is the board's own, of the power period that `power_on` counts.
struct EventRecord {
    uint32_t sequence;
    uint32_t uptime;  // seconds
    uint16_t power_on;
    Happened happened;
    uint8_t detail;
    uint16_t value;
};

inline void write_body(PayloadWriter& out, EventRecord const& event) {
    out.u32(event.uptime);
    out.u16(event.power_on);
    out.u8(static_cast<uint8_t>(event.happened));
    out.u8(event.detail);
    out.u16(event.value);
}

inline void write(PayloadWriter& out, EventRecord const& event) {
    out.u32(event.sequence);
    write_body(out, event);
}

inline EventRecord read_event_body(PayloadReader& in) {
    EventRecord event;
    event.sequence = 0;
    event.uptime = in.u32();
    event.power_on = in.u16();
    event.happened = static_cast<Happened>(in.u8());
    event.detail = in.u8();
    event.value = in.u16();
    return event;
}

inline EventRecord read_event(PayloadReader& in) {
    uint32_t const sequence = in.u32();
    EventRecord event = read_event_body(in);
    event.sequence = sequence;
    return event;
}

static_assert(status_size <= longest_payload && greeting_size <= longest_payload, "one frame");
static_assert(counters_size <= longest_payload, "one frame");
static_assert(1 + events_in_answer * event_size <= longest_payload, "one frame");

}  // namespace supervisor
