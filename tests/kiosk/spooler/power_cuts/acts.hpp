// What the outbox does, one act at a time, disturbed at each of its changes to the disk.
#pragma once

#include "tests/kiosk/spooler/power_cuts/life.hpp"

namespace power_cuts {

struct Act {
    std::string_view name;
    std::function<void(Life&)> prepare;  // what is there before, undisturbed
    std::function<bool(Life&)> perform;
};

std::vector<Act> const& acts();

// The power goes at the first change of the act, at the second, and so on to the last.
Findings cut_at_each_change(Act const& act, unsigned seed);

// Instead of the power going, one change fails with this error of errno, or all from it on; then
// the disk is well again.
Findings fail_at_each_change(Act const& act, int error, bool goes_on, unsigned seed);

// Days of ordinary work in random order, cut at random changes.
Findings cut_everyday_work(std::int64_t cuts, unsigned seed,
                           Life::Safety safety = Life::Safety::as_shipped, bool disk_lies = false);

}  // namespace power_cuts
