#include "tests/system/fixture.hpp"

#include <csignal>

using namespace system_tests;

TEST_CASE("a hung pcscd is declared lost while the screen goes on, and found again") {
    auto desk = start_desk();
    walk_to(*desk, "explain");
    desk->pcscd().pcscd().signal(SIGSTOP);
    wait_for(*desk, "reader_trouble");
    CHECK(screen(*desk).dump().find("C12") != std::string::npos);
    CHECK(screen(*desk).dump().find("LUC") == std::string::npos);
    desk->pcscd().pcscd().signal(SIGCONT);
    wait_for(*desk, "explain");  // the card is still in: its reading begins anew
}

TEST_CASE("the kiosk ends at once although pcscd hangs") {
    auto desk = start_desk();
    desk->pcscd().pcscd().signal(SIGSTOP);
    must(desk->robot().order(json{{"do", "quit"}}));
    CHECK(must(desk->kiosk().wait(std::chrono::seconds{5})) == 0);
    desk->pcscd().pcscd().signal(SIGCONT);
}

TEST_CASE("a killed pcscd is a trouble of the reader until it is back") {
    auto desk = start_desk();
    desk->pcscd().pcscd().signal(SIGKILL);
    wait_for(*desk, "reader_trouble");
    CHECK(screen(*desk).dump().find("C10") != std::string::npos);
    must(desk->pcscd().restart_daemon());
    wait_for(*desk, "attract");
    insert(*desk, "P01");
    wait_for(*desk, "explain");
}

TEST_CASE("for a hung pcscd a new one is asked for and found") {
    auto desk = must(desk::Desk::prepare(options()));
    must(desk->start_intake());
    replace_in(desk->file("kiosk.toml"), "[reader]\n",
               "[reader]\nrestart_request = \"pcscd-restart\"\n");
    must(desk->start_spooler());
    must(desk->open_day());
    must(desk->start_kiosk());
    walk_to(*desk, "explain");
    CHECK_FALSE(std::filesystem::exists(desk->file("pcscd-restart")));
    desk->pcscd().pcscd().signal(SIGSTOP);
    wait_for(*desk, "reader_trouble");
    REQUIRE(eventually([&] { return std::filesystem::exists(desk->file("pcscd-restart")); }));
    // What dmp-pcscd-restart.service does.
    desk->pcscd().pcscd().signal(SIGKILL);
    must(desk->pcscd().restart_daemon());
    // The card stayed in: a session of its own begins.
    wait_for(*desk, "attract");
    wait_for(*desk, "explain");
}
