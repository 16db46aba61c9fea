#include "kiosk/journey/session.hpp"

#include <algorithm>
#include <charconv>

namespace journey {

void Session::wipe() { *this = Session{}; }

void Session::forget_person() {
    Session fresh;
    fresh.language = language;
    fresh.comfort = comfort;
    fresh.trouble = trouble;
    fresh.for_minor = for_minor || minor();
    *this = std::move(fresh);
}

void Session::choose(std::size_t person) {
    Session fresh;
    fresh.persons = std::move(persons);
    fresh.nir = nir;
    fresh.provisional = provisional;
    fresh.language = language;
    fresh.comfort = comfort;
    fresh.layers_shown = std::move(layers_shown);
    fresh.started_at = started_at;
    fresh.enrolled = person;
    *this = std::move(fresh);
}

int Person::birth_year() const {
    int year = 0;
    auto const digits = whole_birth_date.view().substr(0, 4);
    std::from_chars(digits.data(), digits.data() + digits.size(), year);
    return year;
}

void note_shown(Session& session, LayerPage const& shown) {
    if (std::ranges::find(session.layers_shown, shown) == session.layers_shown.end())
        session.layers_shown.push_back(shown);
}

}  // namespace journey
