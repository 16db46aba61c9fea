#include "kiosk/journey/reader_ladder.hpp"

#include <utility>

namespace journey {
namespace {

constexpr std::chrono::seconds step{5};

}  // namespace

void ReaderLadder::lost(bool hung, Means means, Time now) {
    means_ = means;
    bool const climbing = rung_.has_value();
    if (!climbing) lost_at_ = now;
    // Where nothing else can be done it may still come back by itself.
    bool const higher = hung && (means.board || means.service);
    if (!climbing || (higher && rung_ == Rung::reopening))
        climb(higher ? Rung::power_cycle : Rung::reopening, now);
}

// To this rung, or the next one that can be done here.
void ReaderLadder::climb(Rung to, Time now) {
    while (!can(to))
        to = static_cast<Rung>(static_cast<int>(to) + 1);
    rung_ = to;
    entered_ = true;
    entered_at_ = now;
}

bool ReaderLadder::can(Rung rung) const {
    switch (rung) {
    case Rung::power_cycle: return means_.board;
    case Rung::pcscd_restart: return means_.service;
    case Rung::reopening:
    case Rung::out_of_service: return true;
    }
    return true;
}

void ReaderLadder::power_not_cycled(Time now) {
    if (rung_ == Rung::power_cycle) climb(Rung::pcscd_restart, now);
}

void ReaderLadder::tick(Means means, Time now) {
    means_ = means;
    if (!rung_ || now < end()) return;
    switch (*rung_) {
    case Rung::reopening: return climb(Rung::power_cycle, now);
    case Rung::power_cycle: return climb(Rung::pcscd_restart, now);
    case Rung::pcscd_restart: return climb(Rung::out_of_service, now);
    case Rung::out_of_service: return climb(Rung::power_cycle, now);
    }
}

std::optional<Rung> ReaderLadder::take_entered() {
    return std::exchange(entered_, false) ? rung_ : std::nullopt;
}

std::optional<std::chrono::seconds> ReaderLadder::left(Time now) const {
    if (!rung_ || rung_ == Rung::out_of_service) return std::nullopt;
    auto const steps = now < end() ? (end() - now + step - Time{1}) / step : 1;
    return steps * step;
}

std::optional<Time> ReaderLadder::deadline(Time now) const {
    if (!rung_) return std::nullopt;
    if (rung_ == Rung::out_of_service || now >= end()) return end();
    return end() - (*left(now) - step);
}

}  // namespace journey
