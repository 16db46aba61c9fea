// The troubles that have no card: each has its screen and code, and ends by itself.
#include "tests/system/player.hpp"

#include <filesystem>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// Everything but the kiosk, which each case starts in its own way.
std::unique_ptr<desk::Desk> prepared() {
    auto desk = must(desk::Desk::prepare(sanitized()));
    must(desk->start_intake());
    return desk;
}

void start(desk::Desk& desk) {
    must(desk.start_spooler());
    must(desk.open_day());
    must(desk.start_kiosk());
}

}  // namespace

TEST_CASE("without a reader of the configured name the kiosk says C11") {
    auto desk = prepared();
    replace_in(desk->file("kiosk.toml"), "Virtual PCD 00 00", "No such reader");
    start(*desk);
    wait_for(*desk, "reader_trouble");
    CHECK(code_on(screen(*desk)) == "C11");
}

TEST_CASE("on a disk without room the kiosk says S02 before anybody puts in a card") {
    auto desk = prepared();
    replace_in(desk->file("spooler.toml"), "[limits]\n", "[limits]\nleast_free_mib = 1048576\n");
    start(*desk);
    wait_for(*desk, "cannot_record");
    CHECK(code_on(screen(*desk)) == "S02");
}

TEST_CASE("a kiosk whose certificate is still to come says S06 and opens when it is there") {
    auto desk = prepared();
    fs::rename(desk->file("keys/receiver.pem"), desk->file("keys/later.pem"));
    start(*desk);
    wait_for(*desk, "cannot_record");
    CHECK(code_on(screen(*desk)) == "S06");
    fs::rename(desk->file("keys/later.pem"), desk->file("keys/receiver.pem"));
    wait_for(*desk, "attract");
}

TEST_CASE("before the day is opened the kiosk says S05") {
    auto desk = prepared();
    must(desk->start_spooler());
    must(desk->start_kiosk());
    wait_for(*desk, "not_open");
    CHECK(code_on(screen(*desk)) == "S05");
}

TEST_CASE("whoever reads on while the spooler is gone is told before the consent") {
    auto desk = start_desk(sanitized());
    walk_to(*desk, "explain");
    desk->stop_spooler();
    walk(*desk, {{"next", "cannot_record"}});
    auto const shown = screen(*desk);
    CHECK(code_on(shown) == "S01");
    CHECK(shown.dump().find("EXEMPLE") == std::string::npos);
    // The card is still in: the session begins anew as soon as it can end well.
    must(desk->start_spooler());
    wait_for(*desk, "explain");
}

TEST_CASE("near majority a clock that nobody vouches for leads to the desk") {
    auto desk = start_desk(sanitized());
    must(desk->robot().order(json{{"do", "clock"}, {"trusted", false}}));
    for (auto const* const profile : {"P26a", "P26b"}) {
        auto const end = play(*desk, profile);
        CHECK(end.state == "desk");
        CHECK(end.code == "D09");
        leave(*desk);
    }
}

TEST_CASE("a card swapped for another person's is another session, and none mixes the two") {
    auto desk = start_desk(sanitized());
    walk_to(*desk, "contact");
    must(desk->card().order(json{{"do", "swap"}, {"profile", "P18"}}));
    wait_for(*desk, "card_taken");
    CHECK(code_on(screen(*desk)) == "C06");
    wait_for(*desk, "explain");
    tap(*desk, "next");
    wait_for(*desk, "consent");
    auto const shown = screen(*desk).dump();
    CHECK(shown.find("STRICT") != std::string::npos);
    CHECK(shown.find("EXEMPLE") == std::string::npos);
}

TEST_CASE("the same card put back begins anew and shows nothing of before") {
    auto desk = start_desk(sanitized());
    walk_to(*desk, "contact");
    walk(*desk, {{"give_mobile", "mobile_entry"}});
    type(*desk, "0612345678");
    remove_card(*desk);
    wait_for(*desk, "card_taken");
    walk_to(*desk, "contact");
    walk(*desk, {{"give_mobile", "mobile_entry"}});
    CHECK(screen(*desk)["texts"].dump().find("56") == std::string::npos);
}
