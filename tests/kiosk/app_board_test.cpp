// The supervision board: the cabinet's door, the lights, the backlight, and the board's absence.
#include "tests/kiosk/app_fixture.hpp"
#include "tests/kiosk/loop_fixture.hpp"

using namespace app_tests;
using namespace std::chrono_literals;
using journey::Event;
using journey::Lights;
using journey::SlotLight;
using journey::State;
using journey::StatusLight;
using journey::Trouble;

namespace {

struct BoardBench : Bench {
    BoardBench() {
        app.clock().freeze(true);
        app.take(workers::SupervisorReady{});
    }
    void open_door(bool open) { app.take(workers::DoorLevel{open}); }
    Lights lights() const { return hands.lights_shown.back(); }
    int brightness() const { return hands.backlights.back(); }
    void lose() { app.take(workers::SupervisorLost{{base::Errc::timed_out, "no answer"}}); }
};

}  // namespace

TEST_CASE("an open cabinet ends a session at once, and nothing of it is kept") {
    BoardBench bench;
    bench.insert(luc());
    REQUIRE(bench.press(Event::next));
    bench.open_door(true);
    CHECK(bench.state() == State::cabinet_open);
    CHECK(bench.app.session().trouble == Trouble::cabinet_open);
    CHECK(bench.app.session().persons.empty());
    CHECK(bench.hands.outcomes == std::vector<std::string>{"troubled"});
    CHECK(bench.lights() == Lights{SlotLight::take_card, StatusLight::out});
    bench.app.take(workers::CardRemoved{bench.card});
    CHECK(bench.lights() == Lights{SlotLight::off, StatusLight::out});
    // A card put in meanwhile waits for the door.
    bench.app.take(workers::CardInserted{2});
    CHECK(bench.state() == State::cabinet_open);
    bench.open_door(false);
    CHECK(bench.state() == State::reading);
}

TEST_CASE("an open cabinet closes the kiosk in every state in which nothing is being saved") {
    BoardBench bench;
    SECTION("starting") {}
    SECTION("idle") { bench.ready(); }
    SECTION("typing a reference") {
        bench.ready();
        REQUIRE(bench.press(Event::withdraw));
        bench.type("7");
    }
    SECTION("closed for another reason") {
        bench.app.take(workers::ReaderLost{{base::Errc::reader_missing, ""}});
    }
    bench.open_door(true);
    CHECK(bench.state() == State::cabinet_open);
    CHECK(bench.app.session().typed.empty());
    // What else goes wrong meanwhile waits its turn.
    bench.app.take(workers::ReaderLost{{base::Errc::reader_missing, ""}});
    bench.app.take(workers::StoreLost{});
    CHECK(bench.state() == State::cabinet_open);
    CHECK(bench.app.session().trouble == Trouble::cabinet_open);
    bench.open_door(false);
    CHECK(bench.state() == State::reader_trouble);
}

TEST_CASE("a request on its way is waited for, and its end is told before the cabinet is") {
    BoardBench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    REQUIRE(bench.press(Event::send));
    REQUIRE(bench.state() == State::recording);
    bench.open_door(true);
    CHECK(bench.state() == State::recording);
    bench.app.take(workers::RequestSaved{bench.hands.enqueued.front().id});
    CHECK(bench.state() == State::recorded);
    CHECK(bench.hands.outcomes == std::vector<std::string>{"recorded"});
    bench.press(Event::done);
    CHECK(bench.state() == State::take_card);
    bench.app.take(workers::CardRemoved{bench.card});
    CHECK(bench.state() == State::cabinet_open);
}

TEST_CASE("with the cabinet open no card begins a session after a farewell") {
    BoardBench bench;
    bench.insert(luc());
    REQUIRE(bench.press(Event::next));
    REQUIRE(bench.press(Event::refuse));
    bench.app.take(workers::CardRemoved{bench.card});
    bench.open_door(true);
    CHECK(bench.state() == State::refused);
    auto const sessions = bench.hands.sessions;
    bench.app.take(workers::CardInserted{2});
    CHECK(bench.state() == State::cabinet_open);
    CHECK(bench.hands.sessions == static_cast<int>(bench.hands.outcomes.size()));
    CHECK(bench.hands.sessions <= sessions + 1);
}

TEST_CASE("the staff reads in the log of the door, of a tilted cabinet and of the key, once each") {
    loop_tests::Log const log;
    BoardBench bench;
    bench.ready();
    bench.open_door(false);
    bench.app.take(workers::TiltLevel{false});
    bench.app.take(workers::KeySwitchLevel{false});
    CHECK_FALSE(log.holds("cabinet:"));  // as it should be
    bench.open_door(true);
    CHECK(log.holds("cabinet: B01, its door is open"));
    bench.app.take(workers::TiltLevel{true});
    CHECK(log.holds("cabinet: tilted"));
    bench.app.take(workers::KeySwitchLevel{true});
    CHECK(log.holds("the staff's key is turned on"));
}

TEST_CASE("a tilted cabinet calls for help until it stands upright, and stops nobody") {
    BoardBench bench;
    bench.insert(luc());
    bench.app.take(workers::TiltLevel{true});
    CHECK(bench.state() == State::explain);
    CHECK(bench.lights().status == StatusLight::help);
    bench.app.take(workers::TiltLevel{false});
    CHECK(bench.lights().status == StatusLight::busy);
}

TEST_CASE("the lights follow the journey and are told only when they change") {
    BoardBench bench;
    bench.ready();
    CHECK(bench.lights() == Lights{SlotLight::breathing, StatusLight::free});
    bench.app.take(workers::PresenceLevel{true});
    CHECK(bench.lights() == Lights{SlotLight::invite, StatusLight::free});
    bench.app.take(workers::CardInserted{bench.card});
    CHECK(bench.lights() == Lights{SlotLight::blink, StatusLight::busy});
    bench.app.take(workers::CardRead{bench.card, luc(), {}});
    CHECK(bench.lights() == Lights{SlotLight::steady, StatusLight::busy});
    auto const told = bench.hands.lights_shown.size();
    bench.press(Event::next);
    bench.app.take(workers::PresenceLevel{true});
    CHECK(bench.hands.lights_shown.size() == told);
    bench.press(ui::FrameAct::help);
    CHECK(bench.lights().status == StatusLight::help);
    bench.press(ui::FrameAct::close_help);
    CHECK(bench.lights().status == StatusLight::busy);
}

TEST_CASE("a card that nobody takes turns the status light to help until it is out") {
    BoardBench bench;
    bench.insert(luc());
    bench.press(Event::next);
    bench.press(Event::refuse);
    bench.press(Event::done);
    bench.app.advance_clock(59s);
    CHECK(bench.lights() == Lights{SlotLight::take_card, StatusLight::busy});
    bench.app.advance_clock(1s);
    CHECK(bench.lights() == Lights{SlotLight::take_card, StatusLight::help});
    bench.app.take(workers::CardRemoved{bench.card});
    CHECK(bench.lights().status == StatusLight::free);
}

TEST_CASE("a screen that nobody looks at is dimmed, and bright at the first sign of somebody") {
    BoardBench bench;
    bench.ready();
    bench.app.take(workers::PresenceLevel{true});
    bench.app.take(workers::PresenceLevel{false});
    bench.app.advance_clock(5min - 1s);
    CHECK(bench.brightness() == 100);
    bench.app.advance_clock(1s);
    CHECK(bench.brightness() == 30);
    SECTION("seen") { bench.app.take(workers::PresenceLevel{true}); }
    SECTION("a touch") { bench.app.act(ui::FrameAct::contrast); }
    SECTION("a key") { bench.app.noticed(); }
    SECTION("a card") { bench.app.take(workers::CardInserted{bench.card}); }
    SECTION("another state") { bench.app.take(workers::StoreLost{}); }
    CHECK(bench.brightness() == 100);
}

TEST_CASE("without a sensor the screen is never dimmed") {
    Bench bench;
    bench.app.clock().freeze(true);
    bench.ready();
    bench.app.advance_clock(24h);
    CHECK(bench.hands.backlights == std::vector{100});
}

TEST_CASE("a board that comes is told everything anew") {
    BoardBench bench;
    bench.ready();
    auto const before = bench.lights();
    bench.lose();
    bench.hands.lights_shown.clear();
    bench.hands.backlights.clear();
    bench.app.take(workers::SupervisorReady{});
    CHECK(bench.hands.lights_shown == std::vector{before});
    CHECK(bench.hands.backlights == std::vector{100});
}

TEST_CASE("without its board the kiosk goes on, and staff is told once") {
    loop_tests::Log const log;
    BoardBench bench;
    bench.insert(luc());
    bench.app.take(workers::PresenceLevel{true});
    bench.lose();
    CHECK(log.holds("B02, the kiosk goes on without its supervision board"));
    auto const told = log.lines();
    bench.lose();
    CHECK(log.lines() == told);
    CHECK(bench.state() == State::explain);
    bench.app.advance_clock(150s);  // the limits of a kiosk that never had one
    CHECK(bench.state() == State::timed_out);
}

TEST_CASE("an open door stays open until the board says that it is closed") {
    BoardBench bench;
    bench.ready();
    bench.open_door(true);
    bench.lose();
    CHECK(bench.state() == State::cabinet_open);
    bench.app.take(workers::SupervisorReady{});
    CHECK(bench.state() == State::cabinet_open);
    bench.open_door(false);
    CHECK(bench.state() == State::attract);
}

TEST_CASE("headphones that nobody can see pulled out no longer make words private") {
    BoardBench bench;
    bench.insert(luc());
    bench.app.take(workers::HeadphonesLevel{true});
    REQUIRE(bench.app.headphones());
    bench.lose();
    CHECK_FALSE(bench.app.headphones());
    CHECK(bench.app.session().comfort.listen);  // the voice goes on with what all may hear
    bench.app.take(workers::SupervisorReady{});
    CHECK_FALSE(bench.app.headphones());
    bench.app.take(workers::HeadphonesLevel{true});
    CHECK(bench.app.headphones());
}

TEST_CASE("what a board says again when it comes back is nobody's act") {
    BoardBench bench;
    bench.insert(luc());
    bench.app.take(workers::HeadphonesLevel{true});
    bench.app.take(workers::PresenceLevel{true});
    bench.press(ui::FrameAct::listen);  // enough heard
    bench.app.take(workers::PresenceLevel{false});
    REQUIRE(bench.app.view().covered);
    bench.lose();
    bench.app.take(workers::SupervisorReady{});
    bench.app.take(workers::HeadphonesLevel{true});
    bench.app.take(workers::PresenceLevel{false});
    CHECK(bench.app.view().covered);
    CHECK_FALSE(bench.app.session().comfort.listen);
}
