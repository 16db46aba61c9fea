// What systemd wants to hear of a service (sd_notify(3)): that it is ready, and that it is alive.
// Written to its socket directly, as that manual page shows: libsystemd would bring five libraries
// into the process that sees patients.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

class ServiceManager {
  public:
    using Clock = std::chrono::steady_clock;

    // From NOTIFY_SOCKET and WATCHDOG_USEC; without them nobody is told anything.
    ServiceManager();

    // Once, however often it is called.
    void ready();

    // Call it from the one thread whose life is to be shown, and again not later than due(): it
    // tells three times within the time after which systemd would give the service up.
    void alive(Clock::time_point now);
    std::optional<Clock::time_point> due() const;  // nothing when nobody watches

  private:
    void tell(std::string_view what) const;

    std::string socket_;  // empty: nobody listens
    std::optional<Clock::duration> between_signs_;
    Clock::time_point next_sign_{};
    bool ready_ = false;
};

}  // namespace base
