#include "kiosk/journey/proofs.hpp"

#include "tests/catch.hpp"

#include <fstream>
#include <sstream>

using journey::Event;
using journey::State;

namespace {

std::string matrix() {
    std::ostringstream text;
    for (auto const& row : journey::states) {
        text << row.name << '\n';
        for (std::size_t e = 0; e < journey::event_count; ++e) {
            auto const event = static_cast<Event>(e);
            auto const reached = journey::next(row.state, event);
            text << "  " << journey::name(event) << " -> "
                 << (reached ? journey::name(*reached) : "ignored") << '\n';
        }
    }
    return text.str();
}

std::string content_of(char const* path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("every pair of state and event leads where the approved matrix says") {
    auto const received = matrix();
    std::ofstream{RECEIVED_MATRIX} << received;
    INFO("If the change is meant, copy " << RECEIVED_MATRIX << " over " << APPROVED_MATRIX);
    REQUIRE(received == content_of(APPROVED_MATRIX));
}

TEST_CASE("pulling the card ends every state of a session") {
    for (auto const& row : journey::states)
        if (row.phase == journey::Phase::session)
            CHECK(journey::next(row.state, Event::card_removed) == State::card_taken);
}

TEST_CASE("once the request is on its way neither the card nor the reader can end the journey") {
    for (auto state : {State::recording, State::confirming}) {
        CHECK_FALSE(journey::next(state, Event::card_removed));
        CHECK_FALSE(journey::next(state, Event::reader_lost));
        CHECK_FALSE(journey::next(state, Event::store_lost));
    }
}

TEST_CASE("a table that lets a path skip the consent would be caught") {
    // The negative control of the proof: the same search finds the path that avoids another state.
    CHECK(journey::proof::reachable(State::attract, State::recording, {State::mobile_entry}));
    CHECK_FALSE(journey::proof::reachable(State::attract, State::recording, {State::consent}));
}
