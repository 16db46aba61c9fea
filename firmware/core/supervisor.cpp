#include "firmware/core/supervisor.hpp"

namespace supervisor {
namespace {

constexpr Span reader_off = 2000;  // its capacitors are empty by then
// A memory that never gets done must not keep a hung PC from being cut.
constexpr Span longest_saving = 2000;
// What a PC that fell silent had shown is no longer true.
constexpr Span lights_last = 15000;
constexpr uint16_t seconds_of_an_hour = 3600;

}  // namespace

Supervisor::Supervisor(ByteMemory& memory, Line& line, Version version, BoardReset reset, Time now)
    : line_(line), version_(version), reset_(reset), counters_(memory), events_(memory),
      start_(recall_start(events_)), heard_(now), second_since_(now) {
    switch (reset) {
    case BoardReset::power_on:
        counters_.count(Counter::power_on);
        start_ = {0, PcStart::power_returned};
        break;
    case BoardReset::external: break;
    case BoardReset::brown_out:
        counters_.count(Counter::brown_out);
        // A gap too short for this board to lose its power may have been long enough for the PC.
        if (start_.next == PcStart::unannounced) start_.next = PcStart::power_returned;
        break;
    case BoardReset::watchdog: counters_.count(Counter::watchdog); break;
    }
    if (reset != BoardReset::power_on) policy_.recall(recall_power(events_), now);
    note(Happened::board_started, static_cast<uint8_t>(reset));
    tell(Notice::started);
}

Outputs Supervisor::step(RawInputs const& raw, uint16_t refused, Time now) {
    refused_ = refused;
    pass_time(now);
    look_at(raw, now);
    watch_reader(now);
    obey(policy_.step(now), now);
    counters_.step();
    events_.step();
    finish_cut(now);

    bool const silent = has_passed(lights_last, heard_, now);
    if (silent || cut_pc_) {
        slot_light_ = SlotLight::off;
        status_light_ = StatusLight::out;
        backlight_ = 100;
        heard_ = static_cast<Time>(now - lights_last);  // stays silent over any wrap of time
    }
    bool const done = events_.saved() || has_passed(longest_saving, loader_since_, now);
    return {cut_pc_,
            cut_reader_,
            slot_colour(slot_light_, now),
            status_lamps(status_light_, now),
            backlight_,
            loader_wanted_ && done};
}

void Supervisor::obey(PowerPolicy::Order order, Time now) {
    switch (order) {
    case PowerPolicy::Order::nothing: return;
    case PowerPolicy::Order::ask_for_restart: return tell(Notice::restart_wanted);
    case PowerPolicy::Order::save_cut:
        counters_.count(policy_.reason() == PcStart::cut_requested ? Counter::cut_requested
                                                                   : Counter::cut_for_silence);
        note(Happened::cut, static_cast<uint8_t>(policy_.reason()));
        cut_pending_ = true;
        cut_since_ = now;
        return;
    case PowerPolicy::Order::cut_power:
        cut_pc_ = true;
        start_ = {0, policy_.reason()};
        return;
    case PowerPolicy::Order::give_power: cut_pc_ = false; return;
    case PowerPolicy::Order::tell_fault:
        counters_.count(Counter::fault);
        note(Happened::fault);
        return tell(Notice::fault);
    }
}

// Counted and noted where it outlives the power, and only then done.
void Supervisor::finish_cut(Time now) {
    if (!cut_pending_) return;
    bool const saved = counters_.saved() && events_.saved();
    if (!saved && !has_passed(longest_saving, cut_since_, now)) return;
    cut_pending_ = false;
    obey(policy_.saved(now), now);
}

// Presence and headphones are people's, and kept nowhere.
void Supervisor::look_at(RawInputs const& raw, Time now) {
    inputs_.take(raw, now);
    policy_.suspend(inputs_.has(Input::key_turned));
    if (inputs_.changed(Input::door_open)) {
        note(Happened::door, inputs_.has(Input::door_open));
        if (inputs_.has(Input::door_open)) counters_.count(Counter::door_opened);
    }
    if (inputs_.changed(Input::tilted)) {
        note(Happened::tilt, inputs_.has(Input::tilted));
        if (inputs_.has(Input::tilted)) counters_.count(Counter::tilted);
    }
    if (inputs_.changed(Input::key_turned)) note(Happened::key, inputs_.has(Input::key_turned));
    if (inputs_.changed() != 0) tell(Notice::inputs, status().inputs);

    if (inputs_.problem_changed(Problem::supply))
        note(inputs_.has(Problem::supply) ? Happened::supply_bad : Happened::supply_good, 0,
             raw.supply);
    if (inputs_.problem_changed(Problem::heat))
        note(inputs_.has(Problem::heat) ? Happened::too_hot : Happened::cool_again, 0,
             static_cast<uint16_t>(raw.temperature));
    if (inputs_.problems_changed() != 0) tell(Notice::out_of_range, inputs_.problems());
}

void Supervisor::watch_reader(Time now) {
    if (!cut_reader_ || !has_passed(reader_off, reader_since_, now)) return;
    cut_reader_ = false;
    tell(Notice::reader_power, 1);
}

void Supervisor::pass_time(Time now) {
    while (has_passed(1000, second_since_, now)) {
        second_since_ = static_cast<Time>(second_since_ + 1000);
        if (++uptime_ % seconds_of_an_hour == 0) counters_.count(Counter::hours);
    }
}

void Supervisor::note(Happened happened, uint8_t detail, uint16_t value) {
    auto const power_on = static_cast<uint16_t>(counters_[Counter::power_on]);
    events_.note({0, uptime_, power_on, happened, detail, value});
}

void Supervisor::tell(Notice notice) {
    line_.send({static_cast<uint8_t>(notice), notices_++, 0, {}});
}

void Supervisor::tell(Notice notice, uint8_t value) {
    line_.send({static_cast<uint8_t>(notice), notices_++, 1, {value}});
}

}  // namespace supervisor
