// The supervisor as a whole: it hears the PC, looks at its inputs, and says what its outputs are to
// do. Knows no register: time, levels and memory come from outside.
#pragma once

#include "firmware/core/counters.hpp"
#include "firmware/core/event_memory.hpp"
#include "firmware/core/inputs.hpp"
#include "firmware/core/outputs.hpp"
#include "firmware/core/past.hpp"
#include "firmware/core/power_policy.hpp"

namespace supervisor {

class Supervisor {
  public:
    // Reads its memory, and notes its own start there; both references must outlive it.
    Supervisor(ByteMemory& memory, Line& line, Version version, BoardReset reset, Time now);

    // A frame from the PC. Answered at once, once: the same frame again has the same answer and no
    // other effect.
    void receive(Frame const& frame, Time now);

    // Every 10 ms. `refused`: what came on the line and was no frame.
    Outputs step(RawInputs const& raw, uint16_t refused, Time now);

  private:
    // What a request comes to; the payload, if any, stands in answer_.
    using Outcome = uint8_t;  // 0: done; else a Refusal
    Outcome carry_out(Frame const& request, Time now);
    Outcome hello(Frame const& request);
    Outcome arm(Time now);
    Outcome leave(Leaving leaving);
    Outcome cycle_power();
    Outcome cycle_reader(Time now);
    Outcome show(uint8_t slot, uint8_t status);
    Outcome dim(uint8_t percent);
    Outcome tell_counters();
    Outcome tell_events(uint32_t first);
    Outcome clear_fault();
    Outcome begin_loader(Time now);
    Status status() const;

    void obey(PowerPolicy::Order order, Time now);
    void finish_cut(Time now);
    void look_at(RawInputs const& raw, Time now);
    void watch_reader(Time now);
    void pass_time(Time now);
    void note(Happened happened, uint8_t detail = 0, uint16_t value = 0);
    void tell(Notice notice);
    void tell(Notice notice, uint8_t value);

    Line& line_;
    Version version_;
    BoardReset reset_;
    Counters counters_;
    EventMemory events_;
    PowerPolicy policy_;
    PastStart start_;
    Inputs inputs_;

    enum class Greeted : uint8_t { no, in_another_version, yes };
    Greeted greeting_ = Greeted::no;  // since the board started
    uint8_t notices_ = 0;
    Frame answer_ = {};  // the last one, to a request of last_sequence_ with last_crc_
    uint8_t last_sequence_ = 0;
    uint16_t last_crc_ = 0;
    bool answered_ = false;

    PcStart pc_start_ = PcStart::unknown;
    SlotLight slot_light_ = SlotLight::off;
    StatusLight status_light_ = StatusLight::out;
    uint8_t backlight_ = 100;
    Time heard_;  // the PC, last
    bool cut_pc_ = false;
    bool cut_pending_ = false;
    Time cut_since_ = 0;  // asked for, while it is being saved
    bool cut_reader_ = false;
    Time reader_since_ = 0;
    bool loader_wanted_ = false;
    Time loader_since_ = 0;
    Time second_since_;
    uint32_t uptime_ = 0;  // seconds
    uint16_t refused_ = 0;
};

}  // namespace supervisor
