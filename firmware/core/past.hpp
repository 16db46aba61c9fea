// What the event memory still says when the board starts anew: a board that forgot would cut a PC
// three times more, and call a planned restart a crash.
#pragma once

#include "firmware/core/event_memory.hpp"
#include "firmware/core/power_policy.hpp"

namespace supervisor {

// Of the time since the power came. Cuts that the PC asked for are not counted, for it was alive;
// of the others nobody knows any more how long ago they were.
PowerPolicy::Past recall_power(EventMemory const& events);

struct PastStart {
    uint16_t boot_id = 0;                 // low half of the last one heard; 0: none
    PcStart next = PcStart::unannounced;  // why the PC started, if it says another id
};

PastStart recall_start(EventMemory const& events);

PcStart start_after(Leaving leaving);

}  // namespace supervisor
