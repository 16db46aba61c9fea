#include "tests/system/fixture.hpp"

using namespace system_tests;

namespace {

// Nothing was queued, and the day's ledger counts this session under this outcome.
void check_outcome(desk::Desk& desk, std::string const& outcome) {
    json status;
    auto const counted = eventually([&] {
        status = must(desk.spooler_status());
        return status["ledger"][outcome] == 1;
    });
    INFO(status.dump());
    CHECK(counted);
    CHECK(status["waiting"] == 0);
}

void move_clock(desk::Desk& desk, std::chrono::milliseconds by) {
    must(desk.robot().order(json{{"do", "clock"}, {"advance_ms", by.count()}}));
}

}  // namespace

TEST_CASE("a refusal is respected, leaves no request and ends in peace") {
    auto desk = start_desk();
    walk_to(*desk, "consent");
    walk(*desk, {{"refuse", "refused"}});
    CHECK(screen(*desk).dump().find("EXEMPLE") == std::string::npos);
    walk(*desk, {{"done", "take_card"}});
    remove_card(*desk);
    wait_for(*desk, "attract");
    check_outcome(*desk, "refused");
}

TEST_CASE("who wants to think it over keeps the page until the next card comes") {
    auto desk = start_desk();
    walk_to(*desk, "consent");
    walk(*desk, {{"think_over", "thinking"}});
    remove_card(*desk);
    insert(*desk, "P18");
    wait_for(*desk, "explain");
    check_outcome(*desk, "thought_it_over");
}

TEST_CASE("cancelling on the review sends nothing") {
    auto desk = start_desk();
    walk_to(*desk, "review");
    walk(*desk, {{"cancel", "cancelled"}});
    check_outcome(*desk, "left");
}

TEST_CASE("a person who does not answer is warned, may extend, and is told that nothing was sent") {
    auto desk = start_desk();
    walk_to(*desk, "review");
    must(desk->robot().order(json{{"do", "clock"}, {"freeze", true}}));
    move_clock(*desk, std::chrono::seconds{60});
    auto const warned = screen(*desk);
    CHECK(warned.dump().find("more_time") != std::string::npos);
    tap(*desk, "more_time");
    CHECK(state_of(*desk) == "review");
    move_clock(*desk, std::chrono::seconds{95});
    wait_for(*desk, "timed_out");
    CHECK(screen(*desk).dump().find("EXEMPLE") == std::string::npos);
    check_outcome(*desk, "timed_out");
}

TEST_CASE("cards that are no carte Vitale are named and nothing is begun") {
    auto desk = start_desk();
    for (auto const* profile : {"P16", "P17", "P19", "P21"}) {
        INFO(profile);
        insert(*desk, profile);
        wait_for(*desk, "card_trouble");
        remove_card(*desk);
        wait_for(*desk, "attract");
    }
    // Also sessions so short that they end before the ledger knew them.
    json ledger;
    CHECK(eventually([&] {
        ledger = must(desk->spooler_status())["ledger"];
        return ledger["troubled"] == 4;
    }));
    INFO(ledger.dump());
    CHECK(ledger["running"] == 0);
}

TEST_CASE("a card whose number has a wrong key is for the desk") {
    auto desk = start_desk();
    insert(*desk, "P11");
    wait_for(*desk, "desk");
    CHECK(screen(*desk).dump().find("D03") != std::string::npos);
}

TEST_CASE(
    "on a family's card a stranger to it is sent to the desk, and the next card begins anew") {
    auto desk = start_desk();
    insert(*desk, "P05");
    wait_for(*desk, "choose_person");
    walk(*desk, {{"not_me", "desk"}});
    CHECK(screen(*desk).dump().find("MODELE") == std::string::npos);
    remove_card(*desk);
    insert(*desk, "P05");
    wait_for(*desk, "choose_person");
    walk(*desk, {{"person_0", "explain"}});
}

TEST_CASE("a double tap does not skip a page") {
    auto desk = start_desk();
    walk_to(*desk, "explain");
    walk(*desk, {{"next", "consent"}});
    // The lock must still hold when the second touch comes, however busy the machine is.
    must(desk->robot().order(json{{"do", "clock"}, {"freeze", true}}));
    walk(*desk, {{"back", "explain"}, {"next", "consent"}});
    auto const second =
        must(desk->robot().ask(json{{"do", "tap"}, {"id", "accept"}, {"now", true}}));
    CHECK(second["ok"] == false);
    CHECK(second["error"] == "locked");
    CHECK(state_of(*desk) == "consent");
}
