#include "firmware/core/power_policy.hpp"

namespace supervisor {

void PowerPolicy::recall(Past const& past, Time now) {
    if (past.fault) state_ = State::fault;
    while (recent_cuts_ < past.cuts && recent_cuts_ < most_cuts)
        cuts_[recent_cuts_++] = now;
}

void PowerPolicy::arm(Time now) {
    switch (state_) {
    case State::unwatched:
    case State::watched:
    case State::asked:
    case State::booting:
        state_ = State::watched;
        since_ = now;
        return;
    case State::saving:
    case State::cut:
    case State::fault: return;
    }
}

void PowerPolicy::beat(Time now) {
    if (state_ != State::watched && state_ != State::asked) return;
    state_ = State::watched;
    since_ = now;
}

void PowerPolicy::disarm() {
    if (state_ == State::watched || state_ == State::asked || state_ == State::booting)
        state_ = State::unwatched;
}

void PowerPolicy::ask_cycle() {
    // What is under way is not asked for again.
    if (state_ != State::saving && state_ != State::cut && state_ != State::fault)
        cycle_asked_ = true;
}

PowerPolicy::Order PowerPolicy::saved(Time now) {
    if (state_ != State::saving) return Order::nothing;
    return enter(State::cut, now, Order::cut_power);
}

void PowerPolicy::clear_fault() {
    if (state_ != State::fault) return;
    state_ = State::unwatched;
    recent_cuts_ = 0;
}

PowerPolicy::Order PowerPolicy::step(Time now) {
    forget_old_cuts(now);
    auto const is_silent = [&](Span span) { return has_passed(span, since_, now); };
    if (cycle_asked_) return begin_cut(PcStart::cut_requested, now);
    if (suspended_ && state_ != State::cut) since_ = now;
    switch (state_) {
    case State::watched:
        return is_silent(limits_.heartbeat) ? enter(State::asked, now, Order::ask_for_restart)
                                            : Order::nothing;
    case State::asked:
        return is_silent(limits_.answer) ? begin_cut(PcStart::cut_for_silence, now)
                                         : Order::nothing;
    case State::cut:
        if (!is_silent(limits_.cut)) return Order::nothing;
        return enter(was_watched_ ? State::booting : State::unwatched, now, Order::give_power);
    case State::booting:
        return is_silent(limits_.boot) ? begin_cut(PcStart::cut_while_starting, now)
                                       : Order::nothing;
    case State::unwatched:
    case State::saving:
    case State::fault: return Order::nothing;
    }
    return Order::nothing;
}

PowerPolicy::Order PowerPolicy::enter(State state, Time now, Order order) {
    state_ = state;
    since_ = now;
    return order;
}

PowerPolicy::Order PowerPolicy::begin_cut(PcStart reason, Time now) {
    cycle_asked_ = false;
    reason_ = reason;
    if (recent_cuts_ >= limits_.cuts || recent_cuts_ >= most_cuts)
        return enter(State::fault, now, Order::tell_fault);
    cuts_[recent_cuts_++] = now;
    was_watched_ = state_ != State::unwatched;
    return enter(State::saving, now, Order::save_cut);
}

// Each turn, so that none of them is ever older than Time can tell.
void PowerPolicy::forget_old_cuts(Time now) {
    uint8_t old = 0;
    while (old < recent_cuts_ && has_passed(limits_.window, cuts_[old], now))
        ++old;
    if (old == 0) return;
    recent_cuts_ = static_cast<uint8_t>(recent_cuts_ - old);
    for (uint8_t i = 0; i < recent_cuts_; ++i)
        cuts_[i] = cuts_[i + old];
}

}  // namespace supervisor
