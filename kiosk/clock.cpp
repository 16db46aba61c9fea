#include "kiosk/clock.hpp"

#include <sys/timex.h>

namespace kiosk {

bool Clock::trusted() const {
    if (trusted_) return *trusted_;
    timex state{};
    return ::adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) == 0;
}

}  // namespace kiosk
