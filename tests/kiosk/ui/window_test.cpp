#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <SDL.h>

namespace {

using journey::Event;
using journey::State;
using samples::Stage;
using Phase = ui::Window::Phase;

// The consent screen, which has several targets, and fingers on it.
struct Screen {
    std::unique_ptr<Stage> stage;
    journey::Session session = samples::one_adult();
    ui::Site site = samples::site();
    State state = State::consent;
    ui::Shown shown;

    Screen() {
        auto opened = Stage::open(samples::portrait);
        REQUIRE(opened.has_value());
        stage = std::move(*opened);
        shown = stage->draw({state, session, site, true});
    }

    ui::Rect at(std::string_view id) const {
        auto const* const widget = shown.find(id);
        REQUIRE(widget != nullptr);
        return widget->rect;
    }
    void finger(Phase phase, std::string_view id, std::int64_t number = 1) {
        stage->window().push_finger(phase, number, at(id).centre_x(), at(id).centre_y());
    }
    // What the person did by the fingers pushed since the last time.
    std::vector<ui::Intent> acts() {
        if (!stage->window().pump()) return {};
        static_cast<void>(stage->draw({state, session, site, true}));
        return stage->intents();
    }
};

}  // namespace

TEST_CASE("a finger lifted where it went down acts once", "[ui]") {
    Screen screen;
    screen.finger(Phase::down, "accept");
    CHECK(screen.acts().empty());
    screen.finger(Phase::up, "accept");
    auto const acts = screen.acts();
    REQUIRE(acts.size() == 1);
    CHECK(std::get<Event>(acts[0]) == Event::accept);
    CHECK(screen.acts().empty());
}

TEST_CASE("press and release that arrive together still act", "[ui]") {
    Screen screen;
    screen.finger(Phase::down, "refuse");
    screen.finger(Phase::up, "refuse");
    auto const acts = screen.acts();
    REQUIRE(acts.size() == 1);
    CHECK(std::get<Event>(acts[0]) == Event::refuse);
}

TEST_CASE("sliding off a target before lifting does nothing", "[ui]") {
    Screen screen;
    screen.finger(Phase::down, "accept");
    CHECK(screen.acts().empty());
    screen.finger(Phase::move, "think_over");
    screen.finger(Phase::up, "think_over");
    CHECK(screen.acts().empty());
}

TEST_CASE("sliding onto a target from beside it does nothing", "[ui]") {
    Screen screen;
    screen.stage->window().push_finger(Phase::down, 1, 540, 300);
    CHECK(screen.acts().empty());
    screen.finger(Phase::move, "accept");
    screen.finger(Phase::up, "accept");
    CHECK(screen.acts().empty());
}

TEST_CASE("of two fingers the last to come down acts, the first no more", "[ui]") {
    Screen screen;
    screen.finger(Phase::down, "think_over", 1);
    CHECK(screen.acts().empty());
    screen.finger(Phase::down, "accept", 2);
    CHECK(screen.acts().empty());
    screen.finger(Phase::up, "think_over", 1);
    CHECK(screen.acts().empty());
    screen.finger(Phase::up, "accept", 2);
    auto const acts = screen.acts();
    REQUIRE(acts.size() == 1);
    CHECK(std::get<Event>(acts[0]) == Event::accept);
}

TEST_CASE("two fingers on one button press it once, whichever lifts first", "[ui]") {
    Screen screen;
    for (auto const first : {1, 2}) {
        screen.finger(Phase::down, "accept", 1);
        screen.finger(Phase::down, "accept", 2);
        screen.finger(Phase::up, "accept", first);
        screen.finger(Phase::up, "accept", 3 - first);
        CHECK(screen.acts().size() == 1);
    }
}

TEST_CASE("a resting palm and a lost lift keep nobody from touching", "[ui]") {
    Screen screen;
    auto& window = screen.stage->window();
    window.push_finger(Phase::down, 1, 1000, 1900);
    CHECK(screen.acts().empty());
    for (int i = 0; i < 3; ++i) {
        window.push_finger(Phase::move, 1, 1001, 1900);
        screen.finger(Phase::down, "accept", 2);
        window.push_finger(Phase::move, 1, 1000, 1899);
        screen.finger(Phase::up, "accept", 2);
        CHECK(screen.acts().size() == 1);
    }
    // The same finger comes down again although it never lifted.
    screen.finger(Phase::down, "refuse", 1);
    screen.finger(Phase::down, "accept", 1);
    screen.finger(Phase::up, "accept", 1);
    auto const acts = screen.acts();
    REQUIRE(acts.size() == 1);
    CHECK(std::get<Event>(acts[0]) == Event::accept);
}

TEST_CASE("keys and fingers are told apart, and each is told once", "[ui]") {
    Screen screen;
    auto& window = screen.stage->window();
    CHECK_FALSE(window.take_finger_came());
    window.push_key(ui::Key::down);
    window.push_key(ui::Key::select);
    CHECK_FALSE(window.pump());
    CHECK(window.take_key() == ui::Key::down);
    CHECK(window.take_key() == ui::Key::select);
    CHECK_FALSE(window.take_key().has_value());
    CHECK_FALSE(window.take_finger_came());
    screen.finger(Phase::down, "accept");
    CHECK(screen.acts().empty());
    CHECK(window.take_finger_came());
    CHECK_FALSE(window.take_finger_came());
}

TEST_CASE("a finger put down on one screen and lifted on the next does nothing", "[ui]") {
    Screen screen;
    screen.state = State::emergency;
    screen.shown = screen.stage->draw({screen.state, screen.session, screen.site, true});
    screen.finger(Phase::down, "next");
    CHECK(screen.acts().empty());
    screen.state = State::contact;  // its way on is at the same place, under the same id
    screen.shown = screen.stage->draw({screen.state, screen.session, screen.site, true});
    screen.finger(Phase::up, "next");
    CHECK(screen.acts().empty());
    screen.finger(Phase::down, "next");
    screen.finger(Phase::up, "next");
    CHECK(screen.acts().size() == 1);
}

TEST_CASE("what lies under the help panel cannot be touched", "[ui]") {
    Screen screen;
    auto const behind = screen.at("help");
    auto const shown =
        screen.stage->draw({screen.state, screen.session, screen.site, true, false, true});
    CHECK(shown.find("accept") == nullptr);
    CHECK(shown.find("close_help") != nullptr);
    screen.stage->window().push_finger(Phase::down, 1, behind.centre_x(), behind.centre_y());
    screen.stage->window().push_finger(Phase::up, 1, behind.centre_x(), behind.centre_y());
    REQUIRE(screen.stage->window().pump());
    static_cast<void>(
        screen.stage->draw({screen.state, screen.session, screen.site, true, false, true}));
    CHECK(screen.stage->intents().empty());
}

TEST_CASE("a disabled way on does nothing", "[ui]") {
    Screen screen;
    screen.state = State::mobile_entry;
    screen.session.typed = std::string_view{"0612"};
    screen.shown = screen.stage->draw({screen.state, screen.session, screen.site, true});
    REQUIRE(screen.shown.find("next") != nullptr);
    CHECK_FALSE(screen.shown.find("next")->enabled);
    screen.finger(Phase::down, "next");
    screen.finger(Phase::up, "next");
    CHECK(screen.acts().empty());
    screen.session.typed = std::string_view{"0612345678"};
    screen.shown = screen.stage->draw({screen.state, screen.session, screen.site, true});
    CHECK(screen.shown.find("next")->enabled);
}

TEST_CASE("each key types its own character", "[ui]") {
    Screen screen;
    for (auto const state : {State::birth_name_entry, State::email_entry, State::mobile_entry}) {
        screen.state = state;
        for (bool const symbols : {false, true}) {
            screen.session.symbols = symbols;
            screen.session.typed.clear();
            screen.shown = screen.stage->draw({state, screen.session, screen.site, true});
            for (auto const& widget : screen.shown.widgets) {
                if (widget.role != ui::Role::key) continue;
                screen.finger(Phase::down, widget.id);
                screen.finger(Phase::up, widget.id);
                auto const acts = screen.acts();
                INFO(widget.id);
                REQUIRE(acts.size() == 1);
                CHECK(ui::id_of(acts[0]) == widget.id);
            }
        }
    }
}

TEST_CASE("a display that was off and is on again shows the screen as it was", "[ui]") {
    Screen screen;
    auto& window = screen.stage->window();
    CHECK_FALSE(window.pump());
    SDL_Event shown{};
    shown.type = SDL_WINDOWEVENT;
    shown.window.event = SDL_WINDOWEVENT_EXPOSED;
    SDL_PushEvent(&shown);
    CHECK(window.pump());
    auto const again = screen.stage->draw({screen.state, screen.session, screen.site, true});
    CHECK(again.texts == screen.shown.texts);
    CHECK_FALSE(window.pump());
}
