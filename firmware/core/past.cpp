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
        bool const hung = event.happened == Happened::cut &&
                          event.detail != static_cast<uint8_t>(PcStart::cut_requested);
        if (hung && past.cuts < PowerPolicy::most_cuts) ++past.cuts;
        past.fault = event.happened == Happened::fault;
        return past.fault || event.happened == Happened::fault_cleared || power_came(event);
    });
    return past;
}

// The reason is the newest; the id that the PC said may be older, and is what tells whether it
// started at all.
PastStart recall_start(EventMemory const& events) {
    PastStart past;
    bool reason_known = false;
    auto const reason = [&](PcStart start) {
        if (!reason_known) past.next = start;
        reason_known = true;
    };
    look_back(events, [&](EventRecord const& event) {
        if (event.happened == Happened::pc_left)
            reason(start_after(static_cast<Leaving>(event.detail)));
        if (event.happened == Happened::cut) reason(static_cast<PcStart>(event.detail));
        if (power_came(event)) reason(PcStart::power_returned);
        if (event.happened == Happened::pc_started) past.boot_id = event.value;
        return event.happened == Happened::pc_started || power_came(event);
    });
    return past;
}

PcStart start_after(Leaving leaving) {
    return leaving == Leaving::update ? PcStart::updated : PcStart::restarted;
}

}  // namespace supervisor
