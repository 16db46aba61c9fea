#include "kiosk/journey/journey.hpp"

#include "kiosk/journey/transitions.hpp"

namespace journey {

bool Journey::handle(Event event, Time now) {
    auto const reached = next(state_, event);
    if (!reached) return false;
    enter(*reached, now);
    return true;
}

void Journey::enter(State state, Time now) {
    state_ = state;
    ++sequence_;
    entered_at_ = now;
    held_ = false;
    acted(now);
}

void Journey::acted(Time now) {
    patience_from_ = now;
    warned_ = false;
}

void Journey::hold(bool held, Time now) {
    held_ = held;
    acted(now);
}

void Journey::card_present(bool present, Time now) {
    card_present_ = present;
    auto const& limit = row(state_).limit;
    if (limit && limit->runs == Runs::card_out) acted(now);
}

bool Journey::running() const {
    auto const& limit = row(state_).limit;
    return limit && !held_ && (limit->runs == Runs::always || !card_present_);
}

std::optional<Time> Journey::deadline() const {
    if (!running()) return std::nullopt;
    auto const& limit = *row(state_).limit;
    auto const end = patience_from_ + limit.patience;
    return limit.warned && !warned_ ? end : end + limit.grace;
}

std::optional<Event> Journey::tick(Time now) {
    auto const due = deadline();
    if (!due || now < *due) return std::nullopt;
    if (row(state_).limit->warned && !warned_) {
        warned_ = true;
        return std::nullopt;
    }
    return Event::time_out;
}

}  // namespace journey
