#include "kiosk/machine/acts.hpp"

namespace machine {

Outcome perform(Act const& act) {
    switch (act.request.verb) {
    case Verb::status: return tell_status(act);
    case Verb::open_day: return open_day(act);
    case Verb::close_day: return close_day(act);
    case Verb::restart_application: return restart_application(act);
    case Verb::restart: return restart(act);
    case Verb::power_off: return power_off(act);
    case Verb::switch_slot: return switch_slot(act);
    }
    return base::failure(base::Errc::refused, "no such verb");
}

}  // namespace machine
