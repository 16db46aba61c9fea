// Whether the queue may send now: one back-off for the whole queue, not one per request.
#pragma once

#include "kiosk/spooler/back_off.hpp"
#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/delivery.hpp"

namespace spooler {

enum class UplinkState : std::uint8_t {
    idle,
    sending,
    waiting,  // backing off
    refused,  // the receiver does not accept this kiosk
    captive,  // something other than the receiver answers
};

std::string_view name(UplinkState state);

class Pace {
  public:
    // The shortest pause after a refusal: it takes a person to mend it.
    static constexpr std::chrono::minutes refusal_pause{15};

    Pace(Clock const& clock, BackOff::Random random)
        : clock_(&clock), back_off_(std::move(random)) {}

    void note(Delivery const& delivery);

    // Forgets the wait: somebody knows that the network is back.
    void retry_now();

    // How long until the next try; nothing when there is no wait.
    std::optional<BootTime> wait() const;

    UplinkState state(bool sending) const;
    std::optional<CalendarTime> last_success() const { return last_success_; }
    std::string const& last_error() const { return last_error_; }  // of this start; "" when none
    // Of the last error; nothing when the last try succeeded.
    std::optional<Cause> cause() const { return cause_; }
    std::int64_t unproven() const { return unproven_; }  // answers without a valid receipt

  private:
    void wait_for(BootTime duration, UplinkState why, Delivery const& delivery);

    Clock const* clock_;
    BackOff back_off_;
    std::optional<BootTime> next_try_;
    UplinkState why_ = UplinkState::waiting;
    std::optional<CalendarTime> last_success_;
    std::string last_error_;
    std::optional<Cause> cause_;
    std::int64_t unproven_ = 0;
};

}  // namespace spooler
