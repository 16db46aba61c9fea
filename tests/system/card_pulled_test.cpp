#include "tests/system/fixture.hpp"

#include <csignal>

using namespace system_tests;

TEST_CASE("the card pulled in any state of the session ends it, and nothing is recorded") {
    auto desk = start_desk();
    for (auto const* state :
         {"explain", "consent", "birth_name", "emergency", "contact", "review"}) {
        INFO(state);
        walk_to(*desk, state);
        remove_card(*desk);
        wait_for(*desk, "card_taken");
        CHECK(screen(*desk).dump().find("EXEMPLE") == std::string::npos);
        walk(*desk, {{"done", "attract"}});
    }
    CHECK(must(desk->spooler_status())["waiting"] == 0);
}

TEST_CASE("the card pulled while a page behind 'more' or a keyboard is open ends the session too") {
    auto desk = start_desk();
    struct Place {
        std::string_view from;
        std::string_view widget;
        std::string_view state;
    };
    for (auto const& place :
         {Place{"explain", "more", "explain_more"}, Place{"consent", "more", "consent_details"},
          Place{"birth_name", "name_differs", "birth_name_entry"},
          Place{"contact", "give_mobile", "mobile_entry"},
          Place{"contact", "give_email", "email_entry"}}) {
        INFO(place.state);
        walk_to(*desk, place.from);
        walk(*desk, {{place.widget, place.state}});
        remove_card(*desk);
        wait_for(*desk, "card_taken");
        walk(*desk, {{"done", "attract"}});
    }
}

TEST_CASE("another person's card in place of the first never continues the first one's session") {
    auto desk = start_desk();
    walk_to(*desk, "emergency");
    must(desk->card().order(json{{"do", "swap"}, {"profile", "P18"}}));
    wait_for(*desk, "card_taken");
    wait_for(*desk, "explain");
    CHECK(screen(*desk).dump().find("EXEMPLE") == std::string::npos);
}

TEST_CASE("the card pulled once the request is given leaves the receipt on the screen") {
    auto desk = start_desk();
    walk_to(*desk, "recorded");
    auto const with_card = screen(*desk)["texts"];
    remove_card(*desk);
    // The band "take your card" goes: the removal was seen.
    REQUIRE(eventually([&] { return screen(*desk)["texts"] != with_card; }));
    CHECK(state_of(*desk) == "recorded");
    must(desk->wait_until_sent(std::chrono::seconds{20}));
}

TEST_CASE(
    "the card pulled on the choice of a person or on the check of a number ends the session") {
    auto desk = start_desk();
    insert(*desk, "P05");
    wait_for(*desk, "choose_person");
    remove_card(*desk);
    wait_for(*desk, "card_taken");
    walk(*desk, {{"done", "attract"}});

    walk_to(*desk, "contact");
    walk(*desk, {{"give_mobile", "mobile_entry"}});
    type(*desk, "0612345678");
    walk(*desk, {{"next", "mobile_check"}});
    remove_card(*desk);
    wait_for(*desk, "card_taken");
    CHECK(screen(*desk)["texts"].dump().find("56") == std::string::npos);
    walk(*desk, {{"done", "attract"}});

    walk_to(*desk, "contact");
    walk(*desk, {{"give_email", "email_entry"}});
    type(*desk, "luc@exemple.fr");
    walk(*desk, {{"next", "email_check"}});
    remove_card(*desk);
    wait_for(*desk, "card_taken");
    CHECK(screen(*desk).dump().find("luc@") == std::string::npos);
}

TEST_CASE("the card pulled while it is read again ends the session") {
    auto desk = start_desk();
    walk_to(*desk, "contact");
    // Each command waits, so that the card is gone before the reading ends.
    must(desk->card().order(json{
        {"do", "fault"}, {"kind", "delay"}, {"value", 800}, {"after_apdus", 0}, {"times", 0}}));
    walk(*desk, {{"next", "checking_card"}});
    remove_card(*desk);
    wait_for(*desk, "card_taken");
    CHECK(must(desk->spooler_status())["waiting"] == 0);
}

TEST_CASE("the card pulled while it is read for the first time ends the session") {
    auto desk = start_desk();
    walk_to(*desk, "explain");
    // Every command of the next card waits, so that the card is gone before the reading ends.
    must(desk->card().order(json{
        {"do", "fault"}, {"kind", "delay"}, {"value", 800}, {"after_apdus", 0}, {"times", 0}}));
    must(desk->card().order(json{{"do", "swap"}, {"profile", "P18"}}));
    wait_for(*desk, "card_taken");
    wait_for(*desk, "reading");
    remove_card(*desk);
    wait_for(*desk, "card_taken");
}

TEST_CASE("the card pulled while the request is being recorded changes nothing") {
    auto desk = start_desk();
    walk_to(*desk, "review");
    desk->spooler().signal(SIGSTOP);
    tap(*desk, "send");
    wait_for(*desk, "recording");
    remove_card(*desk);
    desk->spooler().signal(SIGCONT);
    wait_for(*desk, "recorded");
}
