// Against guessing references: five wrong ones, and none is looked up for a minute.
#pragma once

#include "kiosk/spooler/calendar.hpp"

#include <optional>

namespace spooler {

class ReferenceGuard {
  public:
    static constexpr int most_wrong = 5;
    static constexpr BootTime pause = std::chrono::minutes{1};

    // `clock` must outlive it.
    explicit ReferenceGuard(Clock const& clock) : clock_(&clock) {}

    // How long until one is looked up again; nothing while they are.
    std::optional<BootTime> closed_for() const;

    void wrong();
    void right() { wrong_ = 0; }

  private:
    Clock const* clock_;
    int wrong_ = 0;
    std::optional<BootTime> opens_at_;
};

}  // namespace spooler
