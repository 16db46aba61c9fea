// The journey in motion: one state, its time limit, the lock after a change. Time is given from
// outside.
#pragma once

#include "kiosk/journey/event.hpp"
#include "kiosk/journey/presence.hpp"
#include "kiosk/journey/reminder.hpp"
#include "kiosk/journey/state.hpp"
#include "kiosk/journey/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace journey {

// Named in the evidence: grows when a person's way through the states changes.
inline constexpr std::string_view version = "3";

// A nervous double tap must not skip a page.
inline constexpr Time lock_after_change{300};

// Nobody reads the help panel for longer: who opened it has left.
inline constexpr Time longest_help{180'000};

class Journey {
  public:
    explicit Journey(Time now) : locked_from_(now), patience_from_(now) {}

    State state() const { return state_; }
    std::uint64_t sequence() const { return sequence_; }  // grows by one with each state entered

    // Enters the state that the table names; false if the pair is not in the table (ignored).
    bool handle(Event event, Time now);

    bool locked(Time now) const { return now < lock_end(); }
    Time lock_end() const { return locked_from_ + lock_after_change; }

    // The person acted without leaving the state: the patience starts anew.
    void acted(Time now);
    // As acted(), and the screen changed under the finger (another page, a panel): locked as after
    // a change of state.
    void turned(Time now);
    // They act in a way that leads on: whatever a sensor says, they are there.
    void seen(Time now) { presence_.act(now); }
    // Who listens, reads large text or easy French needs longer: a factor of the patience.
    void set_patience(int factor) { patience_factor_ = factor; }
    // Help is open: no limit on the person runs, only the one of the panel itself. What the machine
    // owes an answer to is not held.
    void hold(bool held, Time now);
    bool held() const { return held_; }
    // The level that limits of the kind Runs::card_out depend on.
    void card_present(bool present, Time now);

    // Whether somebody stands before the screen; unknown without a sensor. Who left in the middle
    // is asked soon, and who stays is not sent away by the question for more time.
    void presence(std::optional<bool> someone, Time now);

    // Over the screen: "do you need more time?"
    bool warning() const { return warned_; }
    // That question is "is anybody there?"
    bool deserted() const { return warned_ && presence_.left() && missed_at(); }
    // What the screen shows of the person is to be hidden: nobody stands before it.
    bool covered() const;

    // When tick() or take_reminder() has something to do next.
    std::optional<Time> deadline() const;
    // Raises the warning, closes the help panel, or returns time_out; nothing before the deadline.
    std::optional<Event> tick(Time now);
    // Of a card left in the reader: each once, and all anew when somebody acts.
    std::optional<Reminder> take_reminder(Time now);

  private:
    bool holdable() const;
    bool running() const;
    std::optional<Time> limit_end() const;
    std::optional<Time> reminder_due() const;
    std::optional<Time> missed_at() const;
    void begin_patience(Time now);
    void enter(State state, Time now);

    State state_ = State::starting;
    std::uint64_t sequence_ = 1;
    Time locked_from_;
    Time patience_from_;
    Presence presence_;
    int patience_factor_ = 1;
    bool warned_ = false;
    bool held_ = false;
    bool touched_ = false;  // since the state was entered
    bool card_present_ = false;
    std::size_t reminders_given_ = 0;
};

}  // namespace journey
