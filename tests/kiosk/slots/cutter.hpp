// The real program, stopped after each of its system calls: what a power cut at that moment would
// leave of a folder, if all that was written until then were on the disk.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace slots_tests {

struct Cuts {
    int calls = 0;  // system calls that returned
    int exit_code = -1;
};

// `after_call` is asked while the program stands still.
Cuts cut_after_each_call(std::vector<std::string> const& arguments,
                         std::function<void()> const& after_call);

}  // namespace slots_tests
