// What the PC may ask for, and what becomes of it.
#include "firmware/core/supervisor.hpp"

namespace supervisor {
namespace {

constexpr uint8_t done = 0;
constexpr uint8_t refused(Refusal refusal) { return static_cast<uint8_t>(refusal); }

constexpr uint8_t hello_size = 5;

// What its payload must have at least; 0xFF: unknown.
uint8_t size_of(Request request) {
    switch (request) {
    case Request::hello: return hello_size;
    case Request::beat:
    case Request::status:
    case Request::arm:
    case Request::power_cycle:
    case Request::reader_cycle:
    case Request::counters:
    case Request::clear_fault:
    case Request::boot_loader: return 0;
    case Request::disarm:
    case Request::backlight: return 1;
    case Request::lights: return 2;
    case Request::events: return 4;
    }
    return 0xFF;
}

uint16_t fingerprint(Frame const& frame) {
    auto crc = crc_of(crc_begin, frame.type);
    for (uint8_t i = 0; i < frame.size; ++i)
        crc = crc_of(crc, frame.payload[i]);
    return crc;
}

}  // namespace

void Supervisor::receive(Frame const& request, Time now) {
    heard_ = now;
    auto const crc = fingerprint(request);
    bool const again = answered_ && request.sequence == last_sequence_ && crc == last_crc_;
    if (!again) {
        answer_ = {static_cast<uint8_t>(request.type | answer_bit), request.sequence, 0, {}};
        Outcome const outcome = carry_out(request, now);
        if (outcome != done)
            answer_ = {not_acknowledged, request.sequence, 2, {request.type, outcome}};
        last_sequence_ = request.sequence;
        last_crc_ = crc;
        answered_ = true;
    }
    line_.send(answer_);
}

Supervisor::Outcome Supervisor::carry_out(Frame const& frame, Time now) {
    auto const request = static_cast<Request>(frame.type);
    uint8_t const size = size_of(request);
    if (size == 0xFF) return refused(Refusal::unknown_type);
    if (frame.size < size) return refused(Refusal::wrong_size);
    PayloadReader in{frame};
    PayloadWriter out{answer_};
    // These three are the same in every version: so any PC can learn which this is, and mend it.
    if (request == Request::hello) return hello(frame);
    if (request == Request::disarm) return leave(static_cast<Leaving>(in.u8()));
    if (request == Request::boot_loader) return begin_loader(now);
    if (greeting_ == Greeted::no) return refused(Refusal::hello_first);
    if (greeting_ == Greeted::in_another_version) return refused(Refusal::other_version);

    switch (request) {
    case Request::hello:
    case Request::disarm:
    case Request::boot_loader: return done;
    case Request::beat:
        policy_.beat(now);
        write(out, status());
        return done;
    case Request::status: write(out, status()); return done;
    case Request::arm: return arm(now);
    case Request::power_cycle: return cycle_power();
    case Request::reader_cycle: return cycle_reader(now);
    case Request::lights: {
        uint8_t const slot = in.u8();
        return show(slot, in.u8());
    }
    case Request::backlight: return dim(in.u8());
    case Request::counters: return tell_counters();
    case Request::events: return tell_events(in.u32());
    case Request::clear_fault: return clear_fault();
    }
    return refused(Refusal::unknown_type);
}

Supervisor::Outcome Supervisor::hello(Frame const& request) {
    PayloadReader in{request};
    greeting_ = in.u8() == protocol_version ? Greeted::yes : Greeted::in_another_version;
    auto const boot_id = static_cast<uint16_t>(in.u32() & 0xFFFF);
    if (boot_id == start_.boot_id && boot_id != 0) {
        pc_start_ = PcStart::same;
    } else {
        pc_start_ = start_.next;
        note(Happened::pc_started, static_cast<uint8_t>(pc_start_), boot_id);
    }
    start_ = {boot_id, PcStart::unannounced};
    PayloadWriter out{answer_};
    write(out, Greeting{protocol_version, version_, reset_, pc_start_, events_.next()});
    return done;
}

Supervisor::Outcome Supervisor::arm(Time now) {
    policy_.arm(now);
    return policy_.state() == PowerState::watched ? done : refused(Refusal::not_now);
}

Supervisor::Outcome Supervisor::leave(Leaving leaving) {
    switch (leaving) {
    case Leaving::shutdown:
    case Leaving::restart:
    case Leaving::update: break;
    default: return refused(Refusal::wrong_value);
    }
    policy_.disarm();
    note(Happened::pc_left, static_cast<uint8_t>(leaving));
    start_ = {start_.boot_id, start_after(leaving)};
    return done;
}

Supervisor::Outcome Supervisor::cycle_power() {
    switch (policy_.state()) {
    case PowerState::saving:
    case PowerState::cut:
    case PowerState::fault: return refused(Refusal::not_now);
    case PowerState::unwatched:
    case PowerState::watched:
    case PowerState::asked:
    case PowerState::booting: policy_.ask_cycle(); return done;
    }
    return refused(Refusal::not_now);
}

Supervisor::Outcome Supervisor::cycle_reader(Time now) {
    if (cut_reader_) return refused(Refusal::not_now);
    cut_reader_ = true;
    reader_since_ = now;
    counters_.count(Counter::reader_cycle);
    note(Happened::reader_cycled);
    tell(Notice::reader_power, 0);
    return done;
}

Supervisor::Outcome Supervisor::show(uint8_t slot, uint8_t status) {
    if (slot >= slot_light_count || status >= status_light_count)
        return refused(Refusal::wrong_value);
    slot_light_ = static_cast<SlotLight>(slot);
    status_light_ = static_cast<StatusLight>(status);
    return done;
}

Supervisor::Outcome Supervisor::dim(uint8_t percent) {
    if (percent > 100) return refused(Refusal::wrong_value);
    backlight_ = percent;
    return done;
}

Supervisor::Outcome Supervisor::tell_counters() {
    PayloadWriter out{answer_};
    for (uint8_t i = 0; i < counter_count; ++i)
        out.u32(counters_[static_cast<Counter>(i)]);
    return done;
}

// From the first that is still there; those that were damaged are passed over.
Supervisor::Outcome Supervisor::tell_events(uint32_t first) {
    PayloadWriter out{answer_};
    uint8_t count = 0;
    out.u8(count);
    uint32_t at = first < events_.oldest() ? events_.oldest() : first;
    for (; at < events_.next() && count < events_in_answer; ++at) {
        EventRecord event;
        if (!events_.read(at, event)) continue;
        write(out, event);
        ++count;
    }
    answer_.payload[0] = count;
    return done;
}

Supervisor::Outcome Supervisor::clear_fault() {
    if (policy_.state() != PowerState::fault) return done;
    if (!inputs_.has(Input::key_turned)) return refused(Refusal::key_needed);
    policy_.clear_fault();
    note(Happened::fault_cleared);
    return done;
}

Supervisor::Outcome Supervisor::begin_loader(Time now) {
    switch (policy_.state()) {
    case PowerState::unwatched:
    case PowerState::booting:
    case PowerState::fault: break;
    case PowerState::watched:
    case PowerState::asked:
    case PowerState::saving:
    case PowerState::cut: return refused(Refusal::not_now);
    }
    if (!loader_wanted_) note(Happened::loader_entered);
    loader_wanted_ = true;
    loader_since_ = now;
    return done;
}

Status Supervisor::status() const {
    auto const& raw = inputs_.raw();
    uint8_t const reader = cut_reader_ ? uint8_t{0} : static_cast<uint8_t>(Input::reader_power);
    return {policy_.state(),    static_cast<uint8_t>(inputs_.levels() | reader),
            raw.supply,         raw.temperature,
            raw.distance,       uptime_,
            events_.next(),     slot_light_,
            status_light_,      backlight_,
            inputs_.problems(), refused_};
}

}  // namespace supervisor
