// The numbers of the protocol in words, for staff and logs.
#pragma once

#include "firmware/protocol/fields.hpp"

#include <string>
#include <string_view>

namespace supervisor {

// A number of a later version is "unknown (17)".
std::string name(PowerState state);
std::string name(PcStart start);
std::string name(BoardReset reset);
std::string name(Counter counter);
std::string name(Version version);  // 1.0.0

// "board_started: watchdog", "door: open", "supply_bad: 9900 mV"
std::string describe(EventRecord const& event);

// "arm: not now: in a fault, during a cut, or while watched"
std::string describe_refusal(Request request, std::uint8_t refusal);

}  // namespace supervisor
