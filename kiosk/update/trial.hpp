// The trial of a new version, from its first start to the verdict, and what the old one notes when
// it is back. What touches the machine comes in from outside.
#pragma once

#include "kiosk/update/settings.hpp"

#include <functional>

namespace update {

// The slot that runs, and what the boot entries say of both.
struct Started {
    Slot slot = Slot::a;
    Release release;  // what runs
    slots::SlotState own = slots::SlotState::good;
    slots::SlotState other = slots::SlotState::bad;
    bool other_used_up_its_tries = false;  // it has entries, and none of them has a try left
    std::optional<Release> other_release = {};

    // A slot that runs without having proved itself: also at its last try.
    bool is_on_trial() const { return own != slots::SlotState::good; }
};

struct Machine {
    // Nothing without a supervision board, or when it does not know why this PC started.
    std::function<std::optional<bool>()> power_had_been_lost;
    std::function<base::Result<bool>(Slot)> give_back_a_try;
    std::function<base::Result<void>(Slot)> clear_entries;  // of a slot that failed
    std::function<Evidence()> look;                         // what can be seen now
    // Until something may have changed, at most so long.
    std::function<void(std::chrono::milliseconds)> wait;
    std::function<std::chrono::steady_clock::time_point()> now;
    std::function<std::chrono::seconds()> uptime;           // of the machine
    std::function<void(std::string_view page)> show;        // in the place of the kiosk's screen
    std::function<base::Result<void>()> mark_good;
    std::function<base::Result<void>()> mark_bad;
    std::function<base::Result<void>()> reboot;
    std::function<void(std::string const&)> log;
};

// Before the kiosk starts. Of a slot on trial: counts the start, and gives the try back that a loss
// of power took, at most ten times a version. Of one that is good: its build is the oldest that
// this machine takes from now on, and a trial that ended without a verdict is noted.
base::Result<void> begin(Started const& started, State const& state, Machine const& machine);

// When the kiosk runs. Of a slot on trial: waits for its proof, then either marks it good or notes
// why not, marks it bad and restarts into the other; one that cannot be marked bad, because no
// other has proved itself, goes on. Of one that is good: notes how it finds its surroundings.
base::Result<void> conclude(Started const& started, Settings const& settings, State const& state,
                            Machine const& machine);

// When dmp-kiosk crashed so often that systemd does not start it any more. Of a slot on trial: gives
// it up. Else the machine restarts, and after a restart for this reason that did not help it stays
// with a page that says so. The two pages are "safe" and "out-of-service".
base::Result<void> after_crashes(Started const& started, State const& state,
                                 Machine const& machine);

}  // namespace update
