// A contact trembles for some milliseconds when it is touched: its level counts once it has stayed.
#pragma once

#include "firmware/core/time.hpp"

namespace supervisor {

class Debounced {
  public:
    // How long a level must stay before it counts.
    constexpr explicit Debounced(Span settle) : settle_(settle) {}

    // At each turn; true when the level that counts has changed. The first level counts at once.
    bool take(bool raw, Time now) {
        if (!known_) {
            known_ = true;
            level_ = raw;
            return raw;
        }
        if (raw == level_) {
            changing_ = false;
            return false;
        }
        if (!changing_) {
            changing_ = true;
            since_ = now;
        }
        if (!has_passed(settle_, since_, now)) return false;
        changing_ = false;
        level_ = raw;
        return true;
    }

    bool level() const { return level_; }

  private:
    Span settle_;
    Time since_ = 0;
    bool level_ = false;
    bool known_ = false;
    bool changing_ = false;
};

}  // namespace supervisor
