#include "kiosk/journey/journey.hpp"

#include "kiosk/journey/proofs.hpp"

#include <algorithm>

namespace journey {
namespace {

// A limit without a question is the machine's own: an answer that must come, a notice that goes.
bool of_a_person(Limit const& limit) { return limit.warned || limit.runs != Runs::always; }

}  // namespace

bool Journey::handle(Event event, Time now) {
    auto const reached = next(state_, event);
    if (!reached) return false;
    enter(*reached, now);
    return true;
}

void Journey::enter(State state, Time now) {
    state_ = state;
    ++sequence_;
    locked_from_ = now;
    held_ = false;
    touched_ = false;
    reminders_given_ = 0;
    begin_patience(now);
}

void Journey::begin_patience(Time now) {
    patience_from_ = now;
    warned_ = false;
}

void Journey::acted(Time now) {
    touched_ = true;
    reminders_given_ = 0;
    presence_.act(now);
    begin_patience(now);
}

void Journey::turned(Time now) {
    locked_from_ = now;
    acted(now);
}

void Journey::hold(bool held, Time now) {
    held_ = held;
    turned(now);
}

void Journey::card_present(bool present, Time now) {
    card_present_ = present;
    presence_.act(now);
    auto const& limit = row(state_).limit;
    if (limit && limit->runs == Runs::card_out) acted(now);
}

void Journey::presence(std::optional<bool> someone, Time now) {
    using enum Presence::Change;
    switch (presence_.level(someone, now)) {
    case none: return;
    case left:
        warned_ = false;
        return;  // asked anew, and otherwise
    // All the time there is, once: who only walks past answers no question. Reminders of a card
    // left in are not begun anew.
    case returned:
    case lost:
        if (running()) begin_patience(now);
        return;
    }
}

bool Journey::covered() const {
    auto const& here = row(state_);
    bool const personal = here.phase == Phase::session || here.phase == Phase::withdrawal;
    return personal && here.limit && here.limit->warned && presence_.left();
}

// When it matters on this screen that somebody left.
std::optional<Time> Journey::missed_at() const {
    auto const& limit = row(state_).limit;
    auto const left_at = presence_.left_at();
    if (!limit || !limit->absence || !left_at) return std::nullopt;
    return std::max(*left_at, patience_from_) + limit->absence->quiet;
}

bool Journey::holdable() const {
    auto const& limit = row(state_).limit;
    return !limit || of_a_person(*limit);
}

bool Journey::running() const {
    auto const& limit = row(state_).limit;
    if (!limit) return false;
    switch (limit->runs) {
    case Runs::always: return true;
    case Runs::card_out: return !card_present_;
    case Runs::acted: return touched_;
    }
    return true;
}

std::optional<Time> Journey::deadline() const {
    auto const limit = limit_end();
    auto const reminder = reminder_due();
    return limit && (!reminder || *limit < *reminder) ? limit : reminder;
}

// Who has the help open stands before it.
std::optional<Time> Journey::reminder_due() const {
    if (phase(state_) != Phase::farewell || !card_present_ || held_) return std::nullopt;
    if (reminders_given_ == reminders.size()) return std::nullopt;
    auto const before = state_ == State::take_card ? std::chrono::seconds{0} : time_to_read;
    return patience_from_ + (before + reminders[reminders_given_].quiet) * patience_factor_;
}

std::optional<Reminder> Journey::take_reminder(Time now) {
    auto const due = reminder_due();
    if (!due || now < *due) return std::nullopt;
    return reminders[reminders_given_++].reminder;
}

std::optional<Time> Journey::limit_end() const {
    if (held_ && holdable()) return patience_from_ + longest_help;
    if (!running()) return std::nullopt;
    auto const& limit = *row(state_).limit;
    bool const to_be_asked = limit.warned && !warned_;
    auto const missed = missed_at();
    auto const answer_until = missed ? *missed + limit.absence->grace : Time{0};
    if (missed && presence_.left()) return to_be_asked ? *missed : answer_until;
    auto const factor = of_a_person(limit) ? patience_factor_ : 1;
    auto const asked_at = patience_from_ + limit.patience * factor;
    if (to_be_asked) return asked_at;
    // Who is back has all the time to answer that was promised when they left.
    auto const end = std::max<Time>(asked_at + limit.grace, answer_until);
    // Who stands there reading is not sent away.
    auto const stays_until = of_a_person(limit) ? presence_.stays_until() : std::nullopt;
    return stays_until ? std::max<Time>(end, *stays_until) : end;
}

std::optional<Event> Journey::tick(Time now) {
    auto const due = limit_end();
    if (!due || now < *due) return std::nullopt;
    if (held_ && holdable()) {
        // Not an act of anybody.
        held_ = false;
        locked_from_ = now;
        begin_patience(now);
        return std::nullopt;
    }
    if (row(state_).limit->warned && !warned_) {
        warned_ = true;
        return std::nullopt;
    }
    return Event::time_out;
}

}  // namespace journey
