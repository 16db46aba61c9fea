#include "kiosk/journey/journey.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using journey::Event;
using journey::Journey;
using journey::State;
using journey::Time;

namespace {

Journey in_state(std::initializer_list<Event> events) {
    Journey journey{0ms};
    for (auto event : events)
        REQUIRE(journey.handle(event, 0ms));
    return journey;
}

Journey at_explain() {
    return in_state({Event::store_ready, Event::card_inserted, Event::chose_insured_adult});
}

Journey at_recorded() {
    return in_state({Event::store_ready, Event::card_inserted, Event::chose_insured_adult,
                     Event::next, Event::accept, Event::name_is_birth_name, Event::next,
                     Event::next, Event::card_confirmed, Event::send, Event::saved});
}

}  // namespace

TEST_CASE("the journey of one adult without contact goes from card to recorded") {
    CHECK(at_recorded().state() == State::recorded);
}

TEST_CASE("an event that the table does not name changes nothing") {
    auto journey = at_explain();
    auto const before = journey.sequence();
    CHECK_FALSE(journey.handle(Event::send, 10ms));
    CHECK(journey.state() == State::explain);
    CHECK(journey.sequence() == before);
}

TEST_CASE("input is locked for 300 ms after a state is entered") {
    auto journey = at_explain();
    REQUIRE(journey.handle(Event::next, 1000ms));
    CHECK(journey.locked(1299ms));
    CHECK_FALSE(journey.locked(1300ms));
}

TEST_CASE("a person is warned before the limit and may extend it more than ten times") {
    auto journey = at_explain();
    Time now = 0ms;
    for (int i = 0; i < 12; ++i) {
        now += 120s;
        CHECK_FALSE(journey.tick(now));
        CHECK(journey.warning());
        journey.acted(now + 19s);
        now += 19s;
        CHECK_FALSE(journey.warning());
    }
    CHECK_FALSE(journey.tick(now + 120s));
    CHECK_FALSE(journey.tick(now + 149s));
    CHECK(journey.tick(now + 150s) == Event::time_out);
    REQUIRE(journey.handle(Event::time_out, now + 150s));
    CHECK(journey.state() == State::timed_out);
}

TEST_CASE("nothing is due before the deadline") {
    auto journey = at_explain();
    CHECK(journey.deadline() == Time{120s});
    CHECK_FALSE(journey.tick(119'999ms));
    CHECK_FALSE(journey.warning());
}

TEST_CASE("help holds the limit and its closing starts the patience anew") {
    auto journey = at_explain();
    journey.hold(true, 100s);
    CHECK_FALSE(journey.tick(270s));
    CHECK_FALSE(journey.warning());
    journey.hold(false, 270s);
    CHECK(journey.deadline() == Time{390s});
}

TEST_CASE("help that nobody reads any more closes by itself, and then the limit runs") {
    auto journey = at_explain();
    journey.hold(true, 0s);
    CHECK_FALSE(journey.tick(180s));
    CHECK_FALSE(journey.held());
    CHECK(journey.deadline() == Time{300s});
}

TEST_CASE("help does not hold what the machine owes an answer to") {
    auto journey = in_state({Event::store_ready, Event::card_inserted, Event::chose_insured_adult,
                             Event::next, Event::accept, Event::name_is_birth_name, Event::next,
                             Event::next, Event::card_confirmed, Event::send});
    journey.hold(true, 0s);
    CHECK(journey.tick(5s) == Event::time_out);
}

TEST_CASE("another page under the finger locks the input as another state does") {
    auto journey = at_explain();
    journey.turned(1000ms);
    CHECK(journey.locked(1299ms));
    CHECK_FALSE(journey.locked(1300ms));
}

TEST_CASE("the receipt waits for the card's owner as long as the card is in") {
    auto journey = at_recorded();
    journey.card_present(true, 0ms);
    CHECK_FALSE(journey.tick(400s));
    CHECK_FALSE(journey.warning());
    journey.card_present(false, 500s);
    CHECK(journey.deadline() == Time{560s});
}

namespace {

// Every reminder until nothing more is due, with the seconds at which it came.
std::vector<std::pair<std::chrono::seconds, journey::Reminder>> reminders_of(Journey& journey) {
    std::vector<std::pair<std::chrono::seconds, journey::Reminder>> all;
    while (auto const due = journey.deadline()) {
        CHECK_FALSE(journey.take_reminder(*due - 1ms));
        auto const reminder = journey.take_reminder(*due);
        if (!reminder) break;
        all.emplace_back(std::chrono::duration_cast<std::chrono::seconds>(*due), *reminder);
    }
    return all;
}

}  // namespace

TEST_CASE("a card left in is said, then chimes, then staff is told, and then it is quiet") {
    using journey::Reminder;
    auto journey = at_recorded();
    journey.card_present(true, 0ms);
    REQUIRE(journey.handle(Event::done, 0ms));
    REQUIRE(journey.state() == State::take_card);
    auto const all = reminders_of(journey);
    REQUIRE(all.size() >= 5);
    CHECK(all[0] == std::pair{8s, Reminder::voice});
    CHECK(all[1] == std::pair{16s, Reminder::chime});
    CHECK(std::ranges::count(all, Reminder::staff, [](auto const& row) { return row.second; }) ==
          1);
    CHECK(all.back().first == 180s);
    CHECK_FALSE(journey.deadline());
}

TEST_CASE("who still reads the receipt is reminded later, and who reads slowly later still") {
    auto journey = at_recorded();
    journey.card_present(true, 0ms);
    CHECK(journey.deadline() == Time{28s});
    journey.set_patience(2);
    CHECK(journey.deadline() == Time{56s});
}

TEST_CASE("nobody is reminded of a card that is out, in a session, or while help is read") {
    auto session = at_explain();
    session.card_present(true, 0ms);
    CHECK_FALSE(session.take_reminder(119s));
    auto journey = at_recorded();
    CHECK_FALSE(journey.take_reminder(59s));
    journey.card_present(true, 0ms);
    journey.hold(true, 0ms);
    CHECK_FALSE(journey.take_reminder(100s));
}

TEST_CASE("whoever touches the screen is not reminded for a while") {
    auto journey = at_recorded();
    journey.card_present(true, 0ms);
    REQUIRE(journey.take_reminder(28s));
    journey.acted(30s);
    CHECK(journey.deadline() == Time{58s});
}

TEST_CASE("a save without an answer is asked for, and only then called unknown") {
    auto journey = in_state({Event::store_ready, Event::card_inserted, Event::chose_insured_adult,
                             Event::next, Event::accept, Event::name_is_birth_name, Event::next,
                             Event::next, Event::card_confirmed, Event::send});
    REQUIRE(journey.handle(Event::save_unanswered, 0ms));
    CHECK(journey.state() == State::confirming);
    CHECK(journey.tick(5s) == Event::time_out);
    REQUIRE(journey.handle(Event::time_out, 5s));
    CHECK(journey.state() == State::unconfirmed);
}
