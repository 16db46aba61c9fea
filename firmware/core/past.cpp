#include "firmware/core/past.hpp"

namespace supervisor {
namespace {

bool power_came(EventRecord const& event) {
    return event.happened == Happened::board_started &&
           event.detail == static_cast<uint8_t>(BoardReset::power_on);
}

// Calls `look` with each event, the newest first, until it returns true.
template <class Look>
void look_back(EventMemory const& events, Look look) {
    for (uint32_t at = events.next(); at-- > events.oldest();) {
        EventRecord event;
        if (events.read(at, event) && look(event)) return;
    }
}

}  // namespace

PowerPolicy::Past recall_power(EventMemory const& events) {
    PowerPolicy::Past past;
    look_back(events, [&](EventRecord const& event) {
        if (event.happened == Happened::cut && past.cuts < PowerPolicy::most_cuts) ++past.cuts;
        past.fault = event.happened == Happened::fault;
        return past.fault || event.happened == Happened::fault_cleared || power_came(event);
    });
    return past;
}

PastStart recall_start(EventMemory const& events) {
    PastStart past;
    look_back(events, [&](EventRecord const& event) {
        if (event.happened == Happened::pc_started) {
            past.boot_id = event.value;
            return true;
        }
        if (event.happened == Happened::pc_left)
            past.next = start_after(static_cast<Leaving>(event.detail));
        else if (event.happened == Happened::cut)
            past.next = static_cast<PcStart>(event.detail);
        else if (power_came(event))
            past.next = PcStart::power_returned;
        else
            return false;
        return true;
    });
    return past;
}

PcStart start_after(Leaving leaving) {
    return leaving == Leaving::update ? PcStart::updated : PcStart::restarted;
}

}  // namespace supervisor
