// The time of the supervisor, in milliseconds since it started; wraps after 49 days.
#pragma once

#include <stdint.h>

namespace supervisor {

using Time = uint32_t;
using Span = uint32_t;  // milliseconds, at most half of what Time can say

// Also over the wrap, as long as it is asked at least every 24 days.
constexpr bool has_passed(Span span, Time since, Time now) {
    return static_cast<Span>(now - since) >= span;
}

}  // namespace supervisor
