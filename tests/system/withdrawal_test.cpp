// A person comes back with the reference of their request.
#include "tests/system/player.hpp"

using namespace system_tests;
using namespace std::chrono_literals;

namespace {

// The one the screen shows, without the blank between its two groups.
std::string reference_on(json const& screen) {
    for (auto const& text : screen["texts"]) {
        std::string reference;
        bool only = true;
        for (auto const c : text.get<std::string>()) {
            bool const sign = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
            if (sign) reference.push_back(c);
            only = only && (sign || static_cast<unsigned char>(c) >= 0x80);
        }
        if (only && reference.size() == 10) return reference;
    }
    FAIL("no reference on the screen");
    return {};
}

// A recorded request whose person has left.
std::string record(desk::Desk& desk) {
    walk_to(desk, "recorded");
    auto const reference = reference_on(screen(desk));
    remove_card(desk);
    walk(desk, {{"done", "attract"}});
    return reference;
}

void give(desk::Desk& desk, std::string const& reference) {
    walk(desk, {{"withdraw", "reference_entry"}});
    type(desk, reference);
    tap(desk, "next");
}

}  // namespace

TEST_CASE("a request that never left is withdrawn with its reference and never arrives") {
    auto desk = start_desk();
    desk->stop_intake();  // the network is away, and stays away until the person is back
    auto const reference = record(*desk);
    REQUIRE(
        eventually([&] { return must(desk->spooler_status())["uplink"]["state"] == "waiting"; }));
    give(*desk, reference);
    wait_for(*desk, "withdrawn");
    auto const status = must(desk->spooler_status());
    CHECK(status["cancelled"] == 1);
    CHECK(status["waiting"] == 0);
    CHECK(status["balance"]["balanced"] == true);
    must(desk->start_intake());
    must(desk->retry_now());
    // Another request shows that the way is open.
    walk(*desk, {{"done", "attract"}});
    static_cast<void>(record(*desk));
    must(desk->wait_until_sent(20s));
    static_cast<void>(open_only_request(*desk));
}

TEST_CASE("a request that left is followed by a withdrawal that the receiver opens") {
    auto desk = start_desk();
    auto const reference = record(*desk);
    must(desk->wait_until_sent(20s));
    auto const request = open_only_request(*desk).filename().string();
    must(desk->close_day());  // nobody needs the day to be open for it
    wait_for(*desk, "not_open");
    for (int i = 0; i < 2; ++i) {  // asked for twice it is one
        give(*desk, reference);
        wait_for(*desk, "withdrawal_sent");
        walk(*desk, {{"done", "not_open"}});
    }
    int withdrawals = 0;
    for (auto const& opened : open_requests(*desk)) {
        if (!std::filesystem::exists(opened / "withdraws.txt")) continue;
        ++withdrawals;
        CHECK(content_of(opened / "withdraws.txt") == request + "\n");
    }
    CHECK(must(desk->spooler_status())["receipted"] == 2);
    CHECK(withdrawals == 1);
}

TEST_CASE("wrong references are said to be unknown, and after five the page is closed") {
    auto desk = start_desk();
    desk->stop_intake();
    auto const reference = record(*desk);
    walk(*desk, {{"withdraw", "reference_entry"}});
    leave(*desk);  // somebody goes away
    walk(*desk, {{"withdraw", "reference_entry"}});
    type(*desk, "2222222222");
    for (int i = 0; i < 5; ++i) {
        tap(*desk, "next");
        wait_for(*desk, "withdrawing");
        wait_for(*desk, "reference_entry");
    }
    tap(*desk, "next");
    wait_for(*desk, "withdrawal_closed");
    walk(*desk, {{"done", "attract"}});
    // The right one is not looked at either.
    give(*desk, reference);
    wait_for(*desk, "withdrawal_closed");
    CHECK(must(desk->spooler_status())["cancelled"] == 0);
}
