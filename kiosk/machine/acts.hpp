// What each verb does, one after the other on the thread of its caller, which it may keep for
// minutes. Who may ask has been judged before.
#pragma once

#include "kiosk/machine/programs.hpp"
#include "kiosk/machine/request.hpp"
#include "kiosk/machine/settings.hpp"

namespace machine {

// Tells whoever asked how far it is; a sentence or a program's line.
using Say = std::function<void(std::string_view text)>;

struct Act {
    Request request;
    Settings const& settings;
    Programs const& programs;
    Say say;
};

// A sentence or more about what was done, without line end. Errc::refused when nothing was done
// because it may not be now; any other error when it failed.
using Outcome = base::Result<std::string>;

Outcome perform(Act const& act);

Outcome tell_status(Act const& act);
Outcome open_day(Act const& act);
Outcome close_day(Act const& act);
Outcome restart_application(Act const& act);
Outcome restart(Act const& act);
Outcome power_off(Act const& act);
Outcome switch_slot(Act const& act);

}  // namespace machine
