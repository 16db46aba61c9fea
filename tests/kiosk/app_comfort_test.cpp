#include "tests/kiosk/app_fixture.hpp"

#include <algorithm>

using namespace app_tests;
using journey::Contrast;
using journey::Event;
using journey::State;

namespace {

Contrast contrast_of(Bench const& bench) { return bench.app.session().comfort.contrast; }

}  // namespace

TEST_CASE("the contrast changes in turn and comes back to the usual one") {
    Bench bench;
    bench.ready();
    for (auto const expected : {Contrast::strong, Contrast::gentle, Contrast::usual}) {
        bench.press(ui::FrameAct::contrast);
        CHECK(contrast_of(bench) == expected);
    }
}

TEST_CASE("the text grows in four sizes and is the usual one again") {
    using journey::TextSize;
    Bench bench;
    bench.ready();
    for (auto const expected :
         {TextSize::larger, TextSize::large, TextSize::largest, TextSize::usual}) {
        bench.press(ui::FrameAct::text_size);
        CHECK(bench.app.session().comfort.text_size == expected);
    }
}

TEST_CASE("easy French is French, and another language ends it") {
    Bench bench;
    bench.ready();
    bench.press(ui::LanguageChoice{1});
    bench.press(ui::FrameAct::easy);
    CHECK(bench.app.session().language == "fr");
    CHECK(ui::deck_of(bench.app.session()) == ui::easy_deck);
    bench.press(ui::LanguageChoice{1});
    CHECK_FALSE(bench.app.session().comfort.easy);
    CHECK(ui::deck_of(bench.app.session()) == "en");
}

TEST_CASE("the evidence names the deck in which the person consented, and that it was heard") {
    Bench bench;
    bench.ready();
    bench.press(ui::FrameAct::easy);
    bench.press(ui::FrameAct::listen);
    bench.insert(luc());
    for (auto const event : {Event::next, Event::accept})
        REQUIRE(bench.press(event));
    CHECK(bench.app.session().consent_language == ui::easy_deck);
    CHECK(bench.app.session().consent_heard);
}

TEST_CASE("the languages are offered until one is chosen, or none") {
    Bench bench;
    bench.ready();
    bench.press(ui::FrameAct::language);
    CHECK(bench.app.view().languages);
    bench.press(ui::FrameAct::keep_going);
    CHECK_FALSE(bench.app.view().languages);
    CHECK(bench.app.session().language == "fr");
    bench.press(ui::FrameAct::language);
    bench.press(ui::LanguageChoice{2});
    CHECK_FALSE(bench.app.view().languages);
    CHECK(bench.app.session().language == "es");
}

TEST_CASE("another contrast loses nothing of what was answered or half typed") {
    Bench bench;
    bench.ready();
    bench.insert(luc());
    for (auto const event : {Event::next, Event::accept, Event::name_differs})
        REQUIRE(bench.press(event));
    bench.type("M");
    auto const before = bench.app.session().typed;
    bench.press(ui::FrameAct::contrast);
    CHECK(bench.state() == State::birth_name_entry);
    CHECK(bench.app.session().typed.view() == before.view());
    CHECK(bench.app.session().consent_language == "fr");
    CHECK(contrast_of(bench) == Contrast::strong);
}

TEST_CASE("the contrast belongs to the person and is the usual one for the next") {
    Bench bench;
    bench.ready();
    bench.press(ui::FrameAct::contrast);
    bench.insert(luc());
    CHECK(contrast_of(bench) == Contrast::strong);
    bench.press(Event::next);
    bench.press(Event::refuse);
    CHECK(contrast_of(bench) == Contrast::strong);  // still reading the farewell
    bench.app.take(workers::CardRemoved{bench.card});
    bench.app.take(workers::CardInserted{2});
    CHECK(contrast_of(bench) == Contrast::usual);
}

TEST_CASE("a contrast chosen before any card is undone when nobody comes") {
    Bench bench;
    bench.ready();
    bench.press(ui::FrameAct::contrast);
    bench.app.advance_clock(std::chrono::seconds{59});
    CHECK(contrast_of(bench) == Contrast::strong);
    bench.app.advance_clock(std::chrono::seconds{2});
    CHECK(contrast_of(bench) == Contrast::usual);
    CHECK(bench.state() == State::attract);
}

TEST_CASE("the voice is slowed and hurried within its bounds, for this person only") {
    Bench bench;
    bench.ready();
    auto const pace = [&] { return bench.app.session().comfort.pace; };
    for (int i = 0; i < 5; ++i)
        bench.press(ui::FrameAct::slower);
    CHECK(pace() == journey::slowest_pace);
    for (int i = 0; i < 9; ++i)
        bench.press(ui::FrameAct::faster);
    CHECK(pace() == journey::fastest_pace);
    bench.insert(luc());
    bench.press(Event::next);
    bench.press(Event::refuse);
    bench.app.take(workers::CardRemoved{1});
    bench.app.advance_clock(std::chrono::seconds{200});
    CHECK(bench.app.journey().state() == State::attract);
    CHECK(pace() == 0);
}

TEST_CASE("a card left in the reader is said to who leaves, then chimes") {
    Bench bench;
    bench.ready();
    bench.insert(luc());
    bench.press(Event::next);
    bench.press(Event::refuse);
    CHECK(bench.hands.chimes.empty());
    bench.press(Event::done);
    REQUIRE(bench.app.journey().state() == State::take_card);
    CHECK(bench.hands.chimes == std::vector{speech::Chime::attention});
    bench.app.advance_clock(std::chrono::seconds{9});
    CHECK(bench.hands.reminders_said == 1);
    bench.app.advance_clock(std::chrono::seconds{9});
    CHECK(bench.hands.chimes.size() == 2);
    bench.app.advance_clock(std::chrono::hours{1});
    CHECK(bench.hands.reminders_said == 3);
    CHECK(bench.hands.chimes.size() == 5);
    CHECK(bench.app.journey().state() == State::take_card);
}

TEST_CASE("a card that came out too early is heard") {
    Bench bench;
    bench.ready();
    bench.insert(luc());
    bench.app.take(workers::CardRemoved{1});
    REQUIRE(bench.app.journey().state() == State::card_taken);
    CHECK(bench.hands.chimes == std::vector{speech::Chime::attention});
}

TEST_CASE("another size finds the place again, another language begins anew") {
    Bench bench;
    bench.ready();
    bench.insert(luc());
    for (auto const event : {Event::next, Event::more})
        REQUIRE(bench.press(event));
    REQUIRE(bench.app.journey().state() == State::consent_details);
    auto const& session = bench.app.session();
    bench.app.showed(2, 9);
    CHECK(session.page == 2);
    // However often the size changes, the place is the one where it began.
    for (std::size_t const page : {5U, 6U, 7U}) {
        bench.press(ui::FrameAct::text_size);
        CHECK(session.place == 9);
        bench.app.showed(page, 8);
        CHECK(session.page == page);
        CHECK_FALSE(session.place);
    }
    bench.press(journey::Edit{journey::Edit::Kind::next_page});
    bench.app.showed(8, 12);
    bench.press(ui::FrameAct::text_size);
    CHECK(session.place == 12);
    bench.press(ui::LanguageChoice{1});
    CHECK_FALSE(session.place);
    CHECK(session.page == 0);
    auto const details = [](std::size_t page, std::string language) {
        return journey::LayerPage{journey::Layer::details, page, std::move(language)};
    };
    auto const& layers = session.layers_shown;
    for (auto const& page : {details(2, "fr"), details(5, "fr"), details(0, "en")})
        CHECK(std::ranges::find(layers, page) != layers.end());
}

TEST_CASE("a recorded request is heard") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    REQUIRE(bench.press(Event::send));
    REQUIRE(bench.hands.enqueued.size() == 1);
    bench.app.take(workers::RequestSaved{bench.hands.enqueued.front().id});
    REQUIRE(bench.app.journey().state() == State::recorded);
    CHECK(bench.hands.chimes == std::vector{speech::Chime::done});
}
