// What is tried, one after the other, to get a lost reader back, and for how long each: the patient
// sees it with the seconds left, staff reads in the log which one worked.
//
// Between reopening and the power stands no reset of the reader: PC/SC resets cards, through a
// connection to the card that is in, and has no call for a reader without one.
#pragma once

#include "kiosk/journey/time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace journey {

enum class Rung : std::uint8_t {
    reopening,       // the card worker opens the readers anew each second, with a new context
    power_cycle,     // the board takes the reader's power away and gives it back
    pcscd_restart,   // the service itself
    out_of_service,  // staff must come; tried again now and then
};

constexpr std::string_view name(Rung rung) {
    switch (rung) {
    case Rung::reopening: return "reopening";
    case Rung::power_cycle: return "power cycle";
    case Rung::pcscd_restart: return "restart of pcscd";
    case Rung::out_of_service: return "out of service";
    }
    return "";
}

// Long enough for what it does, and no longer: somebody waits.
constexpr std::chrono::seconds length(Rung rung) {
    using std::chrono::seconds;
    switch (rung) {
    // Some tries, of which a pcscd that was just started by its socket takes the first ones.
    case Rung::reopening: return seconds{8};
    // Two seconds without power, then 18 to enumerate, for the driver and for the worker's look.
    case Rung::power_cycle: return seconds{20};
    // systemd starts it in a second; a slow reader's driver takes some, the worker one more. One
    // more restart would not be granted for 20 s (dmp-pcscd-restart.service).
    case Rung::pcscd_restart: return seconds{15};
    case Rung::out_of_service: return std::chrono::minutes{10};
    }
    return seconds{0};
}

class ReaderLadder {
  public:
    // What can be done here beyond reopening.
    struct Means {
        bool board = false;    // switches the reader's power
        bool service = false;  // somebody restarts pcscd when asked
    };

    // `hung`: the worker itself is stuck inside PC/SC, so it reopens nothing. A reader that is lost
    // already is not begun anew, but no longer waited for when it hangs.
    void lost(bool hung, Means means, Time now);
    void ready() { rung_.reset(); }
    // The board refused, or is away: there is nothing to wait for.
    void power_not_cycled(Time now);
    // Climbs when the time of a rung is over.
    void tick(Means means, Time now);

    // The rung entered since this was last asked: it is to be done now.
    std::optional<Rung> take_entered();

    // None while the reader is there.
    std::optional<Rung> rung() const { return rung_; }
    Time lost_at() const { return lost_at_; }
    // What is left of the rung, in steps of five seconds: a number that runs by draws the eye from
    // what it is about. None out of service.
    std::optional<std::chrono::seconds> left(Time now) const;
    // When tick() has something to do, or left() changes.
    std::optional<Time> deadline(Time now) const;

  private:
    void climb(Rung to, Time now);
    bool can(Rung rung) const;
    Time end() const { return entered_at_ + length(*rung_); }

    Means means_;
    std::optional<Rung> rung_;
    bool entered_ = false;
    Time lost_at_{0};
    Time entered_at_{0};
};

}  // namespace journey
