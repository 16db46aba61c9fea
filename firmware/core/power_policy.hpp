// When the supervisor cuts the PC's power, and when it must not. It only decides: whoever calls it
// switches the relay, keeps the counter and tells the PC.
//
//   unwatched --arm--> watched --silence--> asked --silence--> saving
//   saving --saved--> cut --5 s--> booting
//
// A PC that boots is watched again when it arms, and cut again when it does not in its time; one
// that was not watched before is not watched after. Whoever hangs at every start is cut three times
// in an hour, then left on, for staff to see: fault.
#pragma once

#include "firmware/core/time.hpp"
#include "firmware/protocol/messages.hpp"

namespace supervisor {

struct PowerLimits {
    Span heartbeat = 30000;  // of silence, until it is asked to restart in good order
    Span answer = 20000;     // of silence after that
    Span cut = 5000;
    Span boot = 180000;
    Span window = 3600000;  // in which there are at most `cuts`
    uint8_t cuts = 3;
};

class PowerPolicy {
  public:
    using State = PowerState;
    enum class Order : uint8_t {
        nothing,
        ask_for_restart,  // an event to the PC: whoever still runs there ends in good order
        save_cut,         // count the cut where it survives, then call saved(); also if that failed
        cut_power,
        give_power,
        tell_fault,
    };
    static constexpr uint8_t most_cuts = 8;

    // What is known of the time before the board started anew, the power being there all along.
    // The cuts count as if they were just made: when they were nobody knows any more.
    struct Past {
        bool fault = false;
        uint8_t cuts = 0;
    };

    explicit PowerPolicy(PowerLimits const& limits = PowerLimits{}) : limits_(limits) {}

    void recall(Past const& past, Time now);

    // By the PC: from now on silence counts. Ends the time to boot; in a fault it is not heard.
    void arm(Time now);
    // The PC is alive. Alone it starts no watch.
    void beat(Time now);
    // By the PC, for an update or a shutdown: silence means nothing until it arms again.
    void disarm();
    // By the PC or staff: a cut without silence. Counted as any other.
    void ask_cycle();
    // The counter is safe. The order is to cut, if it was this policy that wanted it saved.
    Order saved(Time now);
    // By staff, with the key.
    void clear_fault();
    // While staff are at work, silence means nothing; what was asked for is done all the same.
    void suspend(bool suspended) { suspended_ = suspended; }

    // At least every 100 ms; one order at a time, each given once.
    Order step(Time now);

    State state() const { return state_; }
    // Of the cut that was begun last.
    PcStart reason() const { return reason_; }

  private:
    Order enter(State state, Time now, Order order);
    Order begin_cut(PcStart reason, Time now);
    void forget_old_cuts(Time now);

    PowerLimits limits_;
    State state_ = State::unwatched;
    Time since_ = 0;  // of the state, or of the last beat when watched
    PcStart reason_ = PcStart::unknown;
    bool cycle_asked_ = false;
    bool suspended_ = false;
    bool was_watched_ = false;   // before the cut
    Time cuts_[most_cuts] = {};  // of the window, oldest first
    uint8_t recent_cuts_ = 0;
};

}  // namespace supervisor
