#include "kiosk/journey/session.hpp"

#include <algorithm>

namespace journey {

void Session::wipe() { *this = Session{}; }

void Session::forget_person() {
    Session fresh;
    fresh.language = language;
    fresh.trouble = trouble;
    *this = std::move(fresh);
}

void note_shown(Session& session, LayerPage const& shown) {
    if (std::ranges::find(session.layers_shown, shown) == session.layers_shown.end())
        session.layers_shown.push_back(shown);
}

}  // namespace journey
