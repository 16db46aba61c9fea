// How long poll() may still wait.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

namespace base {

using Deadline = std::chrono::steady_clock::time_point;

// Rounded up, so that a wait never ends before its deadline; 0 when it has passed.
inline int milliseconds_until(Deadline deadline) {
    auto const left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(
        left.count(), 0, std::numeric_limits<int>::max()));
}

}  // namespace base
