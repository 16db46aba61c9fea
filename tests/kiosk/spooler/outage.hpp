// A receiver that is away for thirty days and then comes back in a bad state, and the count of what
// became of every request.
#pragma once

#include <chrono>

namespace spooler_test {

struct OutageFindings {
    int rows = 0;
    double seconds = 0;  // in which something was under way; waits pass on a clock that is told
    std::chrono::seconds waited{0};  // what those waits were
    int faults = 0;                  // answers that were none, of which
    int cuts = 0;                    // ended their connection
    int connections = 0;
    int lost = 0;     // acknowledged, and not at the receiver or without its receipt
    int doubled = 0;  // at the receiver under two ids, or unknown to the kiosk
    int twice = 0;    // control: what a receiver that does not look at ids would hold twice

    double rate() const { return rows / seconds; }
};

struct Share {
    double busy = 0.10;     // 503, without Retry-After
    double timeout = 0.05;  // stored, and no answer comes
    double garbage = 0.01;
};

OutageFindings live_through_an_outage(int rows, Share const& share);

}  // namespace spooler_test
