#include "tests/drivers/base/other_user.hpp"
#include "tests/system/fixture.hpp"
#include "tests/system/traces.hpp"

using namespace system_tests;

TEST_CASE("after the session the memory of dmp-kiosk holds nothing of the person") {
    if (!run_as_root()) return;
    auto desk = start_desk();
    auto const kiosk = desk->kiosk().pid();
    Words const person{"EXEMPLE", "178057599990175"};
    SECTION("recorded") {
        walk_to(*desk, "review");
        tap(*desk, "show_number");
        CHECK_FALSE(found_in_memory(kiosk, person).empty());  // the search finds what is there
        walk(*desk, {{"send", "recorded"}});
    }
    SECTION("refused") {
        walk_to(*desk, "consent");
        CHECK_FALSE(found_in_memory(kiosk, person).empty());
        walk(*desk, {{"refuse", "refused"}});
    }
    SECTION("card pulled") {
        walk_to(*desk, "emergency");
        CHECK_FALSE(found_in_memory(kiosk, person).empty());
        remove_card(*desk);
        wait_for(*desk, "card_taken");
    }
    CHECK(found_in_memory(kiosk, person) == std::vector<std::string>{});
}
