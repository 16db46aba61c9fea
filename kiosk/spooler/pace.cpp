#include "kiosk/spooler/pace.hpp"

namespace spooler {

std::string_view name(UplinkState state) {
    switch (state) {
    case UplinkState::idle: return "idle";
    case UplinkState::sending: return "sending";
    case UplinkState::waiting: return "waiting";
    case UplinkState::refused: return "refused";
    case UplinkState::captive: return "captive";
    }
    return "unknown";
}

void Pace::note(Delivery const& delivery) {
    using Result = Delivery::Result;
    switch (delivery.result) {
    case Result::delivered:
        last_success_ = clock_->calendar();
        cause_.reset();
        back_off_.succeeded();
        return;
    case Result::conflict:
    case Result::rejected:
        // The receiver is there and judged this one; the others are not concerned.
        back_off_.succeeded();
        last_error_ = delivery.detail;
        cause_ = delivery.cause;
        return;
    case Result::refused:
        wait_for(back_off_.after_request(refusal_pause), UplinkState::refused, delivery);
        return;
    case Result::overloaded:
        wait_for(delivery.retry_after ? back_off_.after_request(*delivery.retry_after)
                                      : back_off_.after_failure(),
                 UplinkState::waiting, delivery);
        return;
    case Result::unproven:
        ++unproven_;
        wait_for(back_off_.after_failure(), UplinkState::captive, delivery);
        return;
    case Result::stranger:
        wait_for(back_off_.after_failure(), UplinkState::captive, delivery);
        return;
    case Result::unreachable:
    case Result::failed:
        wait_for(back_off_.after_failure(), UplinkState::waiting, delivery);
        return;
    case Result::not_sent: return;
    }
}

void Pace::wait_for(BootTime duration, UplinkState why, Delivery const& delivery) {
    next_try_ = clock_->since_boot() + duration;
    why_ = why;
    last_error_ = delivery.detail;
    cause_ = delivery.cause;
}

void Pace::retry_now() {
    next_try_.reset();
    back_off_.succeeded();
}

std::optional<BootTime> Pace::wait() const {
    if (!next_try_) return std::nullopt;
    auto const left = *next_try_ - clock_->since_boot();
    if (left <= BootTime::zero()) return std::nullopt;
    return left;
}

UplinkState Pace::state(bool sending) const {
    if (sending) return UplinkState::sending;
    return wait() ? why_ : UplinkState::idle;
}

}  // namespace spooler
