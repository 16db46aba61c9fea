// A stage that is there: what a test of the screens begins with.
#pragma once

#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <memory>

namespace samples {

inline std::unique_ptr<Stage> stage(Panel const& panel) {
    auto opened = Stage::open(panel);
    REQUIRE(opened.has_value());
    return std::move(*opened);
}

// What each page of a screen shows, in order.
template <class Look>
void each_page(Stage& stage, journey::State state, journey::Session session, ui::Site const& site,
               bool card_present, Look const& look) {
    for (session.page = 0;; ++session.page) {
        auto const shown = stage.lay_out({state, session, site, card_present});
        if (shown.page < session.page) return;
        INFO("page " << session.page);
        look(shown);
    }
}

}  // namespace samples
