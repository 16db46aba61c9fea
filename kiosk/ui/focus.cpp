#include "kiosk/ui/focus.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace ui {
namespace {

constexpr std::array<std::string_view, 8> surroundings{
    "help", "start_over", "language", "text_size", "contrast", "listen", "easy", "low"};

}  // namespace

bool surrounds_every_screen(std::string_view id) {
    return std::ranges::find(surroundings, id) != surroundings.end();
}

void Focus::follow(Shown const& shown, std::uint64_t instance) {
    places_.clear();
    for (auto const& widget : shown.widgets)
        if (widget.enabled && widget.role != Role::text_field)
            places_.push_back({widget.id, widget.rect});
    bool const another = std::exchange(instance_, instance) != instance;
    if (another || !position()) id_ = places_.empty() ? "" : places_[beginning()].id;
}

void Focus::press(Key key) {
    if (places_.empty()) return;
    if (key == Key::back) {
        for (auto const* const id : {"close_help", "keep_going", "more_time", "back", "done"})
            if (activate(id)) return;
        return;
    }
    if (key == Key::help) {
        if (!activate("help")) activate("close_help");
        return;
    }
    if (key == Key::louder || key == Key::softer) return;  // of the voice
    // The first key only shows where the focus is.
    if (!std::exchange(visible_, true)) return;
    auto const at = position().value_or(beginning());
    auto const count = places_.size();
    switch (key) {
    case Key::right: id_ = places_[(at + 1) % count].id; return;
    case Key::left: id_ = places_[(at + count - 1) % count].id; return;
    case Key::down: id_ = places_[in_line(true)].id; return;
    case Key::up: id_ = places_[in_line(false)].id; return;
    case Key::select: activated_ = true; return;
    case Key::back:
    case Key::help:
    case Key::louder:
    case Key::softer: return;
    }
}

FocusMark Focus::take_mark() {
    bool const activated = std::exchange(activated_, false);
    return visible_ || activated ? FocusMark{id_, activated} : FocusMark{};
}

std::optional<std::size_t> Focus::position() const {
    auto const found = std::ranges::find(places_, id_, &Place::id);
    if (found == places_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - places_.begin());
}

// Asked whether to begin again, the harmless answer.
std::size_t Focus::beginning() const {
    auto const harmless = std::ranges::find(places_, "keep_going", &Place::id);
    if (harmless != places_.end()) return static_cast<std::size_t>(harmless - places_.begin());
    auto const own = std::ranges::find_if(
        places_, [](Place const& place) { return !surrounds_every_screen(place.id); });
    return own == places_.end() ? 0 : static_cast<std::size_t>(own - places_.begin());
}

// The nearest line above or below, and in it what is nearest sideways; round again at the end.
std::size_t Focus::in_line(bool below) const {
    auto const at = position().value_or(beginning());
    auto const& from = places_[at].rect;
    auto const away = [&](Rect const& rect) {
        return below ? rect.centre_y() - from.bottom() : from.y - rect.centre_y();
    };
    auto best = at;
    auto nearest = std::pair{std::numeric_limits<float>::max(), 0.0F};
    for (std::size_t i = 0; i < places_.size(); ++i) {
        auto const& rect = places_[i].rect;
        if (away(rect) <= 0) continue;
        std::pair const distance{away(rect), std::abs(rect.centre_x() - from.centre_x())};
        if (distance >= nearest) continue;
        nearest = distance;
        best = i;
    }
    if (best != at) return best;
    return below ? 0 : places_.size() - 1;
}

bool Focus::activate(std::string_view id) {
    if (std::ranges::find(places_, id, &Place::id) == places_.end()) return false;
    id_ = id;
    visible_ = true;
    activated_ = true;
    return true;
}

}  // namespace ui
