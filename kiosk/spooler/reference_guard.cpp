#include "kiosk/spooler/reference_guard.hpp"

namespace spooler {

std::optional<BootTime> ReferenceGuard::closed_for() const {
    if (!opens_at_) return std::nullopt;
    auto const left = *opens_at_ - clock_->since_boot();
    if (left <= BootTime::zero()) return std::nullopt;
    return left;
}

void ReferenceGuard::wrong() {
    if (++wrong_ < most_wrong) return;
    wrong_ = 0;
    opens_at_ = clock_->since_boot() + pause;
}

}  // namespace spooler
