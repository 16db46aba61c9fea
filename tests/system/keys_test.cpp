// What keys do besides leading through the journey (tests/journeys).
#include "tests/system/fixture.hpp"

using namespace system_tests;

TEST_CASE("the keypad types a name, goes back, and opens and closes the help") {
    auto desk = start_desk();
    insert(*desk, "P01");
    wait_for(*desk, "explain");
    press(*desk, "Help");
    CHECK(focused(screen(*desk)) == "close_help");
    press(*desk, "Help");
    CHECK(focused(screen(*desk)) != "close_help");
    choose_by_keys(*desk, "next");
    wait_for(*desk, "consent");
    press(*desk, "Back");
    wait_for(*desk, "explain");
    choose_by_keys(*desk, "next");
    wait_for(*desk, "consent");
    choose_by_keys(*desk, "accept");
    wait_for(*desk, "birth_name");
    choose_by_keys(*desk, "name_differs");
    wait_for(*desk, "birth_name_entry");
    for (auto const* const letter : {"key_d", "key_u", "key_p"})
        choose_by_keys(*desk, letter);
    CHECK(screen(*desk)["texts"].dump().find("DUP") != std::string::npos);
    // A finger takes over, and no focus is left to be seen.
    tap(*desk, "help");
    CHECK(focused(screen(*desk)).empty());
}
