#include "tests/system/fixture.hpp"

#include <csignal>

using namespace system_tests;
using namespace std::chrono_literals;

TEST_CASE("without an author who opened the day the kiosk says so, and opens with the day") {
    auto desk = start_desk();
    must(desk->close_day());
    wait_for(*desk, "not_open");
    must(desk->open_day());
    wait_for(*desk, "attract");
}

TEST_CASE("the day's opening and the queue survive a killed spooler") {
    auto desk = start_desk();
    desk->stop_intake();
    walk_to(*desk, "recorded");
    CHECK(must(desk->spooler_status())["waiting"] == 1);
    desk->spooler().signal(SIGKILL);
    remove_card(*desk);
    walk(*desk, {{"done", "cannot_record"}});
    must(desk->start_spooler());
    wait_for(*desk, "attract");
    auto const status = must(desk->spooler_status());
    CHECK(status["waiting"] == 1);
    CHECK(status["day"]["open"] == true);
}

TEST_CASE("requests recorded while the receiver is away leave when it is back") {
    auto desk = start_desk();
    desk->stop_intake();
    walk_to(*desk, "recorded");
    must(desk->start_intake());
    must(desk->retry_now());
    open_only_request(*desk);
    CHECK(must(desk->spooler_status())["parked"] == 0);
}

TEST_CASE("a spooler that hangs in the middle of a save is never called a success or a failure") {
    auto desk = start_desk();
    walk_to(*desk, "review");
    desk->spooler().signal(SIGSTOP);
    tap(*desk, "send");
    wait_for(*desk, "recording");
    must(desk->robot().order(json{{"do", "clock"}, {"advance_ms", 5000}}));
    wait_for(*desk, "confirming");
    must(desk->robot().order(json{{"do", "clock"}, {"advance_ms", 5000}}));
    wait_for(*desk, "unconfirmed");
    CHECK(screen(*desk).dump().find("S04") != std::string::npos);
    desk->spooler().signal(SIGCONT);
}

TEST_CASE("a spooler that comes back in time still confirms the save") {
    auto desk = start_desk();
    walk_to(*desk, "review");
    desk->spooler().signal(SIGSTOP);
    tap(*desk, "send");
    wait_for(*desk, "recording");
    desk->spooler().signal(SIGCONT);
    wait_for(*desk, "recorded");
}
