// What keys do besides leading through the journey (tests/journeys).
#include "tests/system/fixture.hpp"

#include <set>

using namespace system_tests;

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

}  // namespace

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
