#include "kiosk/ui/keyboard.hpp"
#include "tests/kiosk/ui/pixels.hpp"
#include "tests/kiosk/ui/stage.hpp"

#include <cmath>

namespace {

using journey::State;

// Within the edge of a key, as wide as the margin that its sign must leave.
bool margin_is_free(samples::Pixels const& pixels, ui::Rect const& key, int edge, int margin) {
    auto const left = static_cast<int>(std::round(key.x));
    auto const right = static_cast<int>(std::round(key.right()));
    auto const corner = 16;
    auto const top = static_cast<int>(key.y) + corner;
    auto const ground = pixels.at(left + edge, top);
    for (int y = top; y < static_cast<int>(key.bottom()) - corner; ++y)
        for (int x = edge; x < margin; ++x)
            if (pixels.at(left + x, y) != ground || pixels.at(right - 1 - x, y) != ground)
                return false;
    return true;
}

}  // namespace

TEST_CASE("in the largest text no letter touches the edge of its key", "[ui]") {
    for (auto const& panel : {samples::portrait, samples::landscape, samples::small})
        for (auto const state : {State::birth_name_entry, State::email_entry}) {
            auto session = samples::in_state(samples::one_adult(), state);
            session.comfort.text_size = journey::TextSize::largest;
            auto const stage = samples::stage(panel);
            auto const site = samples::site();
            auto const shown = stage->draw({state, session, site, true});
            samples::Pixels const pixels{stage->window()};
            int seen = 0;
            for (auto const& widget : shown.widgets) {
                if (widget.role != ui::Role::key) continue;
                INFO(panel.width << ": " << widget.id);
                CHECK(margin_is_free(pixels, widget.rect, 3, 5));
                ++seen;
            }
            CHECK(seen >= 29);
        }
}
