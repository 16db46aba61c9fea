#include "drivers/pcsc/slot.hpp"

#include <winscard.h>

namespace pcsc {

void Slot::see(unsigned long event_state, base::ByteView atr, std::vector<Change>& changes) {
    state_ = event_state & ~static_cast<unsigned long>(SCARD_STATE_CHANGED);
    if ((event_state & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0) {
        lose(changes);
        return;
    }
    if (!present_ && whose_ == Whose::ours) changes.emplace_back(ReaderPresent{name_});
    present_ = true;

    auto const card = (event_state & SCARD_STATE_PRESENT) != 0;
    auto const mute = (event_state & SCARD_STATE_MUTE) != 0;
    auto const counter = static_cast<std::uint16_t>(event_state >> 16);
    auto const another = counter != counter_ || mute != mute_;
    auto const was_card = card_;
    card_ = card;
    mute_ = mute;
    counter_ = counter;
    if (was_card && (!card || another))
        report_removed(card ? static_cast<std::uint16_t>(counter - 1) : counter, changes);
    if (card && (!was_card || another)) report_inserted(atr, changes);
}

void Slot::lose(std::vector<Change>& changes) {
    if (card_) report_removed(static_cast<std::uint16_t>(counter_ + 1), changes);
    card_ = false;
    if (present_ && whose_ == Whose::ours) changes.emplace_back(ReaderAbsent{name_});
    present_ = false;
}

void Slot::report_removed(std::uint16_t counter, std::vector<Change>& changes) const {
    switch (whose_) {
    case Whose::ours: changes.emplace_back(CardRemoved{name_, counter}); break;
    case Whose::foreign: changes.emplace_back(ForeignCard{name_, counter, false}); break;
    }
}

void Slot::report_inserted(base::ByteView atr, std::vector<Change>& changes) const {
    switch (whose_) {
    case Whose::ours:
        changes.emplace_back(CardInserted{name_, counter_, {atr.begin(), atr.end()}, mute_});
        break;
    case Whose::foreign: changes.emplace_back(ForeignCard{name_, counter_, true}); break;
    }
}

}  // namespace pcsc
