// What happened at the readers.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace pcsc {

// `counter` is the reader's own count of insertions and removals. pcscd may report a removal a
// moment before it counts it.

struct ReaderPresent {  // without a card, unless CardInserted follows
    std::string reader;
};

struct ReaderAbsent {    // unplugged or failing; a card in it was reported removed before
    std::string reader;  // empty when no reader of ours was ever there
};

struct CardInserted {
    std::string reader;
    std::uint16_t counter;
    base::Bytes atr;  // empty for a mute card
    bool mute;        // no answer to reset: upside down, no smart card, or broken
};

struct CardRemoved {
    std::string reader;
    std::uint16_t counter;
};

// A card in a reader or slot that is not ours: for staff to know, for the journey to ignore.
struct ForeignCard {
    std::string reader;
    std::uint16_t counter;
    bool present;
};

using Change = std::variant<ReaderPresent, ReaderAbsent, CardInserted, CardRemoved, ForeignCard>;

}  // namespace pcsc
