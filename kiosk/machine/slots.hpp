// The two slots, as RAUC tells of them.
#pragma once

#include "drivers/base/result.hpp"

#include <string>
#include <string_view>

namespace machine {

struct Slots {
    std::string booted;  // the name by which it was started: "a"
    std::string next;    // what starts next time
    bool next_is_good;   // has proved itself, or is on trial with attempts left

    bool switch_waits() const { return !next.empty() && next != booted; }
};

// From `rauc status --output-format=json`; Errc::protocol_violated for anything else.
base::Result<Slots> read_slots(std::string_view json);

}  // namespace machine
