#include "kiosk/journey/trouble.hpp"

#include "kiosk/journey/transitions.hpp"
#include "tests/catch.hpp"

#include <fstream>
#include <set>
#include <string>
#include <vector>

using base::Errc;
using journey::Ends;
using journey::Event;
using journey::Helper;
using journey::State;
using journey::Trouble;

TEST_CASE("every trouble has its own code and its own text") {
    std::set<std::string_view> codes;
    std::set<std::string_view> texts;
    for (auto const& row : journey::troubles) {
        CHECK(codes.insert(row.code).second);
        CHECK(texts.insert(row.text).second);
    }
}

TEST_CASE("what a card does wrong is said as a trouble of the card") {
    CHECK(journey::trouble_of(Errc::card_mute) == Trouble::card_mute);
    CHECK(journey::trouble_of(Errc::card_vitale_1) == Trouble::card_vitale_1);
    CHECK(journey::trouble_of(Errc::transmission_failed) == Trouble::card_unreadable);
    CHECK(journey::trouble_of(Errc::card_removed) == Trouble::card_removed);
}

TEST_CASE("a reader that is away, resting or hung is told apart") {
    CHECK(journey::trouble_of(Errc::reader_missing) == Trouble::reader_missing);
    CHECK(journey::trouble_of(Errc::no_service) == Trouble::reader_resting);
    CHECK(journey::trouble_of(Errc::reader_hung) == Trouble::reader_hung);
}

namespace {

// Where the trouble is shown, and what is said to end it.
struct Shown {
    std::vector<State> states;
    Event end;
};

Shown shown(journey::TroubleRow const& row) {
    switch (row.ends) {
    case Ends::card_removed: return {{State::card_trouble}, Event::card_removed};
    case Ends::next_card:
        return {{State::desk, State::card_taken, State::not_recorded, State::unconfirmed,
                 State::withdrawal_closed, State::withdrawal_unconfirmed},
                Event::card_inserted};
    case Ends::reader_ready: return {{State::reader_trouble}, Event::reader_ready};
    case Ends::store_ready: return {{State::cannot_record}, Event::store_ready};
    case Ends::day_opened: return {{State::not_open}, Event::day_opened};
    case Ends::door_closed: return {{State::cabinet_open}, Event::door_closed};
    }
    return {};
}

std::string_view words(Helper helper) {
    switch (helper) {
    case Helper::patient: return "patient";
    case Helper::desk: return "desk";
    case Helper::staff: return "staff";
    case Helper::technician: return "technician";
    }
    return {};
}

std::string_view words(Ends ends) {
    switch (ends) {
    case Ends::card_removed: return "card taken out";
    case Ends::next_card: return "done, next card";
    case Ends::reader_ready: return "reader back";
    case Ends::store_ready: return "recording possible";
    case Ends::day_opened: return "day opened";
    case Ends::door_closed: return "door closed";
    }
    return {};
}

}  // namespace

TEST_CASE("what is said to end a trouble leads its screens on") {
    for (auto const& row : journey::troubles) {
        auto const [states, end] = shown(row);
        for (auto const state : states) {
            INFO(row.code << " in " << journey::name(state));
            auto const reached = journey::next(state, end);
            REQUIRE(reached);
            CHECK((*reached == State::attract || *reached == State::reading));
        }
    }
}

TEST_CASE("the README lists every code with its helper, its end and a remedy") {
    std::ifstream file{README};
    std::string const readme{std::istreambuf_iterator<char>{file}, {}};
    for (auto const& row : journey::troubles) {
        auto const begin = readme.find("| " + std::string{row.code} + " |");
        INFO(row.code);
        REQUIRE(begin != std::string::npos);
        auto const line = readme.substr(begin, readme.find('\n', begin) - begin);
        INFO(line);
        CHECK(line.find("| " + std::string{words(row.helper)} + " |") != std::string::npos);
        CHECK(line.find("| " + std::string{words(row.ends)} + " |") != std::string::npos);
        CHECK(line.rfind(". |") == line.size() - 3);
    }
}
