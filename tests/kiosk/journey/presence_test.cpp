// What a sensor before the screen adds to the limits, and what it must never do.
#include "kiosk/journey/journey.hpp"

#include "tests/catch.hpp"

#include <initializer_list>

using namespace std::chrono_literals;
using journey::Event;
using journey::Journey;
using journey::State;
using journey::Time;

namespace {

// With somebody seen there from the start.
Journey seen_in(std::initializer_list<Event> events) {
    Journey journey{0ms};
    journey.presence(true, 0ms);
    for (auto event : events)
        REQUIRE(journey.handle(event, 0ms));
    return journey;
}

Journey at_explain() {
    return seen_in({Event::store_ready, Event::card_inserted, Event::chose_insured_adult});
}

Journey at_refused() {
    auto journey = at_explain();
    for (auto const event : {Event::next, Event::refuse})
        REQUIRE(journey.handle(event, 0ms));
    return journey;
}

// When the journey times out, if nobody does anything.
std::optional<Time> timed_out_at(Journey journey, Time until) {
    for (auto due = journey.deadline(); due && *due <= until; due = journey.deadline()) {
        static_cast<void>(journey.take_reminder(*due));
        if (journey.tick(*due) == Event::time_out) return due;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("who leaves in the middle is asked at once whether anybody is there, and has 20 s") {
    auto journey = at_explain();
    journey.presence(false, 30s);
    CHECK(journey.covered());
    REQUIRE(journey.deadline() == Time{30s});
    CHECK_FALSE(journey.tick(30s));
    CHECK(journey.warning());
    CHECK(journey.deserted());
    CHECK_FALSE(journey.tick(49'999ms));
    CHECK(journey.tick(50s) == Event::time_out);
}

TEST_CASE("who comes back finds the screen as it was, and all the time there is") {
    auto journey = at_explain();
    journey.presence(false, 30s);
    CHECK_FALSE(journey.tick(30s));
    journey.presence(true, 45s);
    CHECK_FALSE(journey.covered());
    CHECK_FALSE(journey.warning());
    CHECK(journey.state() == State::explain);
    CHECK(journey.deadline() == Time{165s});
}

TEST_CASE("who is not seen but touches the screen is there, and the usual limits hold") {
    auto journey = at_explain();
    journey.presence(false, 30s);
    CHECK_FALSE(journey.tick(30s));
    journey.turned(40s);
    CHECK_FALSE(journey.covered());
    CHECK_FALSE(journey.warning());
    journey.presence(false, 41s);  // says the same once more
    CHECK_FALSE(journey.covered());
    CHECK(journey.deadline() == Time{160s});
    CHECK(timed_out_at(journey, 1h) == Time{190s});
}

TEST_CASE("who was never seen is not missed") {
    Journey journey{0ms};
    journey.presence(false, 0ms);
    for (auto event : {Event::store_ready, Event::card_inserted, Event::chose_insured_adult})
        REQUIRE(journey.handle(event, 0ms));
    CHECK_FALSE(journey.covered());
    CHECK(journey.deadline() == Time{120s});
}

TEST_CASE("who stands there reading is asked, and not sent away for ten minutes") {
    auto journey = at_explain();
    CHECK_FALSE(journey.tick(120s));
    CHECK(journey.warning());
    CHECK_FALSE(journey.deserted());
    CHECK_FALSE(journey.covered());
    CHECK(timed_out_at(journey, 1h) == Time{10min});
    journey.acted(9min);
    CHECK(timed_out_at(journey, 1h) == Time{19min});
}

TEST_CASE("after a gap another may stand there: the usual limits hold until somebody acts") {
    auto journey = at_explain();
    journey.presence(false, 30s);
    journey.presence(true, 35s);
    CHECK(timed_out_at(journey, 1h) == Time{185s});
    journey.acted(40s);
    CHECK(timed_out_at(journey, 1h) == Time{640s});
}

TEST_CASE("passers-by do not keep a deserted screen open, and whoever is back may still answer") {
    auto journey = at_explain();
    Time now = 10s;
    // Nobody acts; every half minute somebody walks past.
    std::optional<Event> ended;
    while (!ended && now < 1h) {
        journey.presence(false, now);
        for (auto const end = now + 15s; !ended && journey.deadline() <= end;)
            ended = journey.tick(*journey.deadline());
        journey.presence(true, now + 15s);
        for (auto const end = now + 30s; !ended && journey.deadline() <= end;)
            ended = journey.tick(*journey.deadline());
        now += 30s;
    }
    CHECK(now > 150s);  // who came back had their time
    CHECK(now <= 200s);
    auto back = at_explain();
    back.presence(false, 30s);
    back.presence(true, 31s);
    CHECK_FALSE(back.tick(151s));
    back.presence(false, 175s);
    CHECK_FALSE(back.tick(175s));
    back.presence(true, 182s);
    CHECK(back.warning());
    CHECK_FALSE(back.covered());
    CHECK_FALSE(back.tick(194s));
    CHECK(back.tick(195s) == Event::time_out);
}

TEST_CASE("a sensor that comes and goes keeps nobody's screen open") {
    auto journey = at_explain();
    for (Time now = 10s; now < 100s; now += 20s) {
        journey.presence(std::nullopt, now);
        journey.presence(true, now + 10s);
    }
    CHECK(timed_out_at(journey, 1h) == Time{160s});
}

TEST_CASE("a sensor that is lost leaves the usual limits, from then on") {
    auto journey = at_explain();
    CHECK_FALSE(journey.tick(120s));
    journey.presence(std::nullopt, 5min);
    CHECK_FALSE(journey.warning());
    CHECK(timed_out_at(journey, 1h) == Time{450s});
}

TEST_CASE("a sensor that is lost brings nobody back") {
    auto journey = at_explain();
    journey.presence(false, 30s);
    CHECK_FALSE(journey.tick(30s));
    journey.presence(std::nullopt, 35s);
    CHECK(journey.covered());
    CHECK(timed_out_at(journey, 1h) == Time{50s});
}

TEST_CASE("who left while the card was read is asked when there is something to see") {
    auto journey = seen_in({Event::store_ready, Event::card_inserted});
    journey.presence(false, 1s);
    CHECK_FALSE(journey.covered());  // nothing of a person is on that screen
    CHECK(journey.deadline() == Time{20s});
    REQUIRE(journey.handle(Event::chose_insured_adult, 3s));
    CHECK(journey.covered());
    CHECK(timed_out_at(journey, 1h) == Time{23s});
}

TEST_CASE("who opened the help may go for it: the screen is covered, and the help's time runs") {
    auto journey = at_explain();
    journey.hold(true, 10s);
    journey.presence(false, 20s);
    CHECK(journey.covered());
    CHECK_FALSE(journey.warning());
    CHECK(journey.deadline() == Time{190s});
    CHECK(timed_out_at(journey, 1h) == Time{210s});
}

TEST_CASE("who fetches the staff that is asked for has three minutes, unseen by others") {
    auto journey = at_explain();
    for (auto const event : {Event::next, Event::accept, Event::name_is_birth_name, Event::next,
                             Event::next, Event::card_confirmed, Event::identity_asked})
        REQUIRE(journey.handle(event, 0ms));
    REQUIRE(journey.state() == State::identity_author);
    journey.presence(false, 10s);
    CHECK(journey.covered());
    CHECK(timed_out_at(journey, 1h) == Time{190s});
}

TEST_CASE("the time that the machine owes an answer in is nobody's") {
    auto journey = seen_in({Event::store_ready, Event::card_inserted});
    CHECK(timed_out_at(journey, 1h) == Time{20s});
    journey.presence(false, 1s);
    CHECK(timed_out_at(journey, 1h) == Time{20s});
}

TEST_CASE("a farewell ends three seconds after its reader has gone, with the card") {
    auto journey = at_refused();
    journey.card_present(true, 0ms);
    journey.presence(false, 10s);
    CHECK_FALSE(timed_out_at(journey, 1h));  // whose card is that?
    journey.presence(true, 20s);
    journey.card_present(false, 30s);
    CHECK(timed_out_at(journey, 1h) == Time{630s});
    journey.presence(false, 90s);
    CHECK_FALSE(journey.covered());
    CHECK(timed_out_at(journey, 1h) == Time{93s});
}

TEST_CASE("a farewell lasts a minute where nobody knows, or where the sensor saw nobody act") {
    auto journey = at_refused();
    SECTION("no sensor") { journey.presence(std::nullopt, 0ms); }
    SECTION("not seen by it") { journey.presence(false, 5s); }
    journey.card_present(false, 10s);
    CHECK(timed_out_at(journey, 1h) == Time{70s});
}

TEST_CASE("a receipt is not closed on who steps back to take a picture of it") {
    auto journey = at_explain();
    for (auto const event : {Event::next, Event::accept, Event::name_is_birth_name, Event::next,
                             Event::next, Event::card_confirmed, Event::send, Event::saved})
        REQUIRE(journey.handle(event, 0ms));
    REQUIRE(journey.state() == State::recorded);
    journey.presence(false, 5s);
    CHECK_FALSE(journey.tick(5s));
    CHECK_FALSE(journey.warning());
    CHECK_FALSE(journey.tick(15s));
    CHECK(journey.deserted());
    CHECK(journey.tick(35s) == Event::time_out);
}

TEST_CASE("what a visitor chose on an idle screen is undone when they leave") {
    auto journey = seen_in({Event::store_ready});
    journey.presence(false, 5s);
    CHECK_FALSE(journey.deadline());  // nothing was chosen
    journey.presence(true, 10s);
    journey.acted(11s);
    CHECK(timed_out_at(journey, 1h) == Time{611s});
    journey.presence(false, 20s);
    CHECK(journey.tick(20s) == Event::time_out);
}

TEST_CASE("reminders of a card left in do not begin anew for who walks past") {
    auto journey = at_refused();
    journey.card_present(true, 0ms);
    REQUIRE(journey.handle(Event::done, 0ms));
    REQUIRE(journey.take_reminder(8s));
    journey.presence(false, 9s);
    journey.presence(true, 10s);
    CHECK(journey.deadline() == Time{16s});
}
