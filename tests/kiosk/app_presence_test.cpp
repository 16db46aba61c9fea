// Who stands before the screen: what the app makes of it.
#include "tests/kiosk/app_fixture.hpp"

using namespace app_tests;
using namespace std::chrono_literals;
using journey::Event;
using journey::State;

namespace {

struct PresenceBench : Bench {
    PresenceBench() {
        app.clock().freeze(true);
        app.take(workers::SupervisorReady{});
        see(true);
    }
    void see(bool someone) { app.take(workers::PresenceLevel{someone}); }
};

}  // namespace

TEST_CASE("a deserted session is covered, asked aloud, and ends in twenty seconds") {
    PresenceBench bench;
    bench.insert(luc());
    REQUIRE(bench.state() == State::explain);
    CHECK_FALSE(bench.app.view().covered);
    bench.see(false);
    CHECK(bench.app.view().covered);
    CHECK(bench.app.view().deserted);
    CHECK(bench.app.view().warning);
    CHECK(bench.hands.chimes == std::vector{speech::Chime::attention});
    bench.app.advance_clock(19s);
    CHECK(bench.state() == State::explain);
    bench.app.advance_clock(1s);
    CHECK(bench.state() == State::timed_out);
    CHECK(bench.app.session().persons.empty());
    CHECK(bench.hands.outcomes == std::vector<std::string>{"timed_out"});
    CHECK(bench.hands.chimes.size() == 1);
}

TEST_CASE("whoever comes back or touches the screen goes on where they were") {
    PresenceBench bench;
    bench.insert(luc());
    for (auto const event : {Event::next, Event::accept, Event::name_differs})
        REQUIRE(bench.press(event));
    bench.type("M");
    bench.see(false);
    REQUIRE(bench.app.view().covered);
    SECTION("comes back") { bench.see(true); }
    SECTION("touches") { bench.press(ui::FrameAct::more_time); }
    SECTION("presses a key") { bench.app.noticed(); }
    CHECK_FALSE(bench.app.view().covered);
    CHECK_FALSE(bench.app.view().warning);
    CHECK(bench.state() == State::birth_name_entry);
    CHECK(bench.app.session().typed.view() == "M");
    bench.app.advance_clock(59s);
    CHECK_FALSE(bench.app.view().warning);
}

TEST_CASE("whoever comes back finds the page they had turned to") {
    PresenceBench bench;
    bench.insert(luc());
    for (auto const event : {Event::next, Event::more})
        REQUIRE(bench.press(event));
    bench.app.showed(2, 9);
    bench.see(false);
    bench.app.showed(0, 0);  // the frame of the cover
    bench.see(true);
    CHECK(bench.app.session().page == 2);
}

TEST_CASE("an act that leads on says that somebody is there, whatever the sensor saw") {
    PresenceBench bench;
    bench.insert(luc());
    bench.app.clock().advance(journey::lock_after_change);
    // The sensor's word and the touch come together.
    bench.see(false);
    REQUIRE(bench.app.act(Event::next));
    CHECK(bench.state() == State::consent);
    CHECK_FALSE(bench.app.view().covered);
}

TEST_CASE("who stands reading is not sent away for ten minutes; without a sensor it is the limit") {
    Bench bench;
    bench.app.clock().freeze(true);
    bool const sensor = GENERATE(true, false);
    if (sensor) bench.app.take(workers::PresenceLevel{true});
    bench.insert(luc());
    bench.app.advance_clock(9min);
    CHECK(bench.state() == (sensor ? State::explain : State::timed_out));
    bench.app.advance_clock(61s);
    CHECK(bench.state() == State::timed_out);
}

TEST_CASE("half a reference is covered as a person's data are") {
    PresenceBench bench;
    bench.ready();
    REQUIRE(bench.press(Event::withdraw));
    bench.type("7");
    bench.see(false);
    CHECK(bench.app.view().covered);
    bench.app.advance_clock(20s);
    CHECK(bench.state() == State::attract);
    CHECK(bench.app.session().typed.empty());
}

TEST_CASE("a farewell makes room three seconds after its reader has gone") {
    PresenceBench bench;
    bench.insert(luc());
    bench.press(Event::next);
    bench.press(Event::refuse);
    bench.app.take(workers::CardRemoved{bench.card});
    REQUIRE(bench.state() == State::refused);
    bench.app.advance_clock(5min);
    CHECK(bench.state() == State::refused);
    bench.see(false);
    bench.app.advance_clock(2s);
    CHECK(bench.state() == State::refused);
    bench.app.advance_clock(1s);
    CHECK(bench.state() == State::attract);
}

TEST_CASE(
    "the language a visitor chose is undone when they leave, and kept while they stand there") {
    PresenceBench bench;
    bench.ready();
    bench.press(ui::LanguageChoice{1});
    bench.app.advance_clock(5min);
    CHECK(bench.app.session().language == "en");
    bench.see(false);
    CHECK(bench.app.session().language == "fr");
    CHECK(bench.state() == State::attract);
}

TEST_CASE("a visitor who reads about the DMP is asked before the page is closed") {
    PresenceBench bench;
    bench.ready();
    bench.press(Event::learn);
    bench.see(false);
    CHECK(bench.app.view().deserted);
    CHECK_FALSE(bench.app.view().covered);  // there is nothing of anybody on it
    bench.app.advance_clock(20s);
    CHECK(bench.state() == State::attract);
}
