// The whole enrolment without touching the screen: by a keypad, and by two switches.
#include "tests/system/player.hpp"

#include <set>

using namespace system_tests;
using namespace std::chrono_literals;

namespace {

void key(desk::Desk& desk, std::string_view name) {
    must(desk.robot().order(json{{"do", "key"}, {"name", name}}));
}

// The id of the widget with the focus, which is visible: the robot reads what was drawn.
std::string focused(json const& screen) {
    for (auto const& widget : screen["widgets"])
        if (widget["focused"] == true && widget["role"] != "text_field") return widget["id"];
    return {};
}

// Moves on until the focus is where it is wanted; no screen holds it fast.
void choose(desk::Desk& desk, std::string const& wanted, std::string_view move,
            std::string_view select) {
    std::set<std::string> seen;
    for (auto shown = screen(desk); focused(shown) != wanted; shown = screen(desk)) {
        INFO("looking for " << wanted << " in " << shown["state"]);
        if (!focused(shown).empty()) REQUIRE(seen.insert(focused(shown)).second);
        key(desk, move);
    }
    key(desk, select);
}

constexpr std::array way{Step{"next", "consent"},
                         Step{"accept", "birth_name"},
                         Step{"name_is_birth_name", "emergency"},
                         Step{"toggle_professional", ""},
                         Step{"next", "contact"},
                         Step{"next", "review"},
                         Step{"next_page", ""},
                         Step{"send", "recorded"}};

void enrol(desk::Desk& desk, std::string_view move, std::string_view select) {
    insert(desk, "P01");
    wait_for(desk, "explain");
    for (auto const& step : way) {
        // A page more only where the review needs one.
        bool const offered = screen(desk)["widgets"].dump().find(step.widget) != std::string::npos;
        if (step.widget == "next_page" && !offered) continue;
        choose(desk, std::string{step.widget}, move, select);
        if (!step.state.empty()) wait_for(desk, step.state);
    }
}

}  // namespace

TEST_CASE("an adult enrols with the keypad alone") {
    auto desk = start_desk();
    enrol(*desk, "Right", "Select");
    must(desk->wait_until_sent(20s));
    CHECK(desk->kiosk().running());
}

TEST_CASE("an adult enrols with two switches") {
    auto desk = start_desk();
    enrol(*desk, "Switch1", "Switch2");
    must(desk->wait_until_sent(20s));
}

TEST_CASE("the keypad types a name, goes back, and opens and closes the help") {
    auto desk = start_desk();
    insert(*desk, "P01");
    wait_for(*desk, "explain");
    key(*desk, "Help");
    CHECK(focused(screen(*desk)) == "close_help");
    key(*desk, "Help");
    CHECK(focused(screen(*desk)) != "close_help");
    choose(*desk, "next", "Right", "Select");
    wait_for(*desk, "consent");
    key(*desk, "Back");
    wait_for(*desk, "explain");
    choose(*desk, "next", "Right", "Select");
    wait_for(*desk, "consent");
    choose(*desk, "accept", "Right", "Select");
    wait_for(*desk, "birth_name");
    choose(*desk, "name_differs", "Right", "Select");
    wait_for(*desk, "birth_name_entry");
    for (auto const* const letter : {"key_d", "key_u", "key_p"})
        choose(*desk, letter, "Right", "Select");
    CHECK(screen(*desk)["texts"].dump().find("DUP") != std::string::npos);
    // A finger takes over, and no focus is left to be seen.
    tap(*desk, "help");
    CHECK(focused(screen(*desk)).empty());
}
