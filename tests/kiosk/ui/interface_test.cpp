// The robot's interface, the names of states and widgets, as kiosk/journey/README.md lists it.
#include "tests/kiosk/ui/samples.hpp"

#include "kiosk/journey/journey.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace {

using journey::State;

// Every id that a state's screen may show, over the sessions that make a difference; of the keys of
// a keyboard one stands for all.
std::set<std::string> widgets_of(samples::Stage& stage, State state) {
    std::set<std::string> ids;
    auto const site = samples::site();
    for (auto const& sample :
         {samples::one_adult(), samples::family(), samples::child(), journey::Session{}}) {
        // A session without persons exists only before and after a session.
        if (sample.persons.empty() && journey::phase(state) == journey::Phase::session) continue;
        auto session = samples::in_state(sample, state);
        for (std::size_t page = 0; page < 2; ++page) {
            session.page = page;
            auto const shown = stage.draw({state, session, site});
            for (auto const& widget : shown.widgets)
                ids.insert(widget.id.starts_with("key_")      ? "key_…"
                           : widget.id.starts_with("suffix_") ? "suffix_…"
                                                              : widget.id);
        }
    }
    return ids;
}

std::string limit_of(journey::StateRow const& row) {
    if (!row.limit) return "none";
    auto text = std::to_string(row.limit->patience.count()) + " s";
    if (row.limit->warned) text += ", asked, " + std::to_string(row.limit->grace.count()) + " s";
    if (row.limit->runs == journey::Runs::card_out) text += ", card out";
    if (row.limit->runs == journey::Runs::acted) text += ", once touched";
    return text;
}

std::string phase_name(journey::Phase phase) {
    switch (phase) {
    case journey::Phase::closed: return "closed";
    case journey::Phase::idle: return "idle";
    case journey::Phase::withdrawal: return "withdrawal";
    case journey::Phase::session: return "session";
    case journey::Phase::saving: return "saving";
    case journey::Phase::farewell: return "farewell";
    }
    return {};
}

std::string table(samples::Stage& stage) {
    std::ostringstream text;
    text << "| state | phase | time limit | widgets |\n|---|---|---|---|\n";
    for (auto const& row : journey::states) {
        text << "| `" << row.name << "` | " << phase_name(row.phase) << " | " << limit_of(row)
             << " |";
        for (auto const& id : widgets_of(stage, row.state))
            text << " `" << id << '`';
        text << " |\n";
    }
    return text.str();
}

}  // namespace

TEST_CASE("the README of the journey lists every state and every widget as they are") {
    auto stage = samples::Stage::open(samples::portrait);
    REQUIRE(stage);
    auto const received = table(**stage);
    std::ofstream{RECEIVED_INTERFACE} << received;
    std::ifstream readme{JOURNEY_README};
    std::string const content{std::istreambuf_iterator<char>{readme}, {}};
    INFO("If the change is meant, put the table of " << RECEIVED_INTERFACE << " into "
                                                     << JOURNEY_README);
    CHECK(content.find(received) != std::string::npos);
}
