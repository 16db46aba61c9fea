// One reader (or one of its slots, which PC/SC counts as readers) as last seen.
#pragma once

#include "drivers/pcsc/change.hpp"

#include <string>
#include <vector>

namespace pcsc {

enum class Whose : std::uint8_t { ours, foreign };

class Slot {
  public:
    // Not yet seen: unaware of its state, and nothing reported.
    Slot(std::string name, Whose whose) : name_(std::move(name)), whose_(whose) {}

    std::string const& name() const { return name_; }
    Whose whose() const { return whose_; }

    // dwCurrentState: the last state with its event counter, 0 when unaware.
    unsigned long state() const { return state_; }
    bool present() const { return present_; }

    // Takes dwEventState and the ATR, and appends what is different now. A card that left and one
    // that came since the last look are both reported, even when each look saw a card.
    void see(unsigned long event_state, base::ByteView atr, std::vector<Change>& changes);

    // The reader is no longer listed.
    void lose(std::vector<Change>& changes);

  private:
    void report_removed(std::uint16_t counter, std::vector<Change>& changes) const;
    void report_inserted(base::ByteView atr, std::vector<Change>& changes) const;

    std::string name_;
    Whose whose_;
    unsigned long state_ = 0;
    bool present_ = false;
    bool card_ = false;
    bool mute_ = false;
    std::uint16_t counter_ = 0;
};

}  // namespace pcsc
