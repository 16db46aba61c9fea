// What each verb has other programs do, and in which order.
#include "tests/kiosk/machine/room.hpp"

using namespace machine_tests;

namespace {

using Calls = std::vector<std::string>;

std::string rauc_status(std::string const& primary) {
    return json{{"compatible", "dmp-kiosk-amd64"},
                {"booted", "a"},
                {"boot_primary", primary},
                {"slots",
                 {{{"rootfs.0", {{"bootname", "a"}, {"state", "booted"}, {"boot_status", "good"}}}},
                  {{"rootfs.1",
                    {{"bootname", "b"}, {"state", "inactive"}, {"boot_status", "good"}}}}}}}
               .dump() +
           "\n";
}

}  // namespace

TEST_CASE("the day is opened in a name, by the spooler, and closed", "[machine]") {
    Room room;
    room.start_spooler();
    auto const opened = room.ask({"open-day", "--as", "A1"});
    CHECK(opened.exit_code == 0);
    CHECK(opened.output.starts_with("The day is open for A1 until "));
    CHECK(room.spooler_status()["day"]["author"] == "A1");
    auto const closed = room.ask({"close-day", "--as", "A2"});
    CHECK(closed.output == "The day is closed.\n");
    CHECK(room.spooler_status()["day"]["open"] == false);
    CHECK(contains(room.log(), "open-day for user"));
    CHECK(contains(room.log(), "as A2: done"));
}

TEST_CASE("without a spooler the day stays as it is, with a reason", "[machine]") {
    Room const room;
    auto const ran = room.ask({"open-day", "--as", "A1"});
    CHECK(ran.exit_code == 1);
    CHECK(contains(ran.output, "is dmp-spooler running?"));
}

TEST_CASE("kiosk and spooler start anew, also after they had been given up", "[machine]") {
    Room const room;
    CHECK(room.ask({"restart-application", "--as", "A1"}).exit_code == 0);
    CHECK(room.calls() == Calls{"systemctl reset-failed dmp-spooler.service dmp-kiosk.service",
                                "systemctl restart dmp-spooler.service dmp-kiosk.service"});
    room.let("systemctl", "restart", "Job for dmp-kiosk.service failed.\n", 1);
    auto const failed = room.ask({"restart-application"});
    CHECK(failed.exit_code == 1);
    CHECK(failed.output == "dmp-machine: systemctl: Job for dmp-kiosk.service failed.\n");
}

TEST_CASE("the machine goes down with a page on its screen and the board told", "[machine]") {
    Room const room;
    SECTION("to start anew") {
        CHECK(room.ask({"restart"}).output == "The machine starts anew.\n");
        CHECK(room.calls() == Calls{"systemctl stop dmp-kiosk.service",
                                    "systemctl start --no-block dmp-notice@restarting.service",
                                    "dmp-supervisor leave restart", "systemctl --no-block reboot"});
    }
    SECTION("for good") {
        CHECK(room.ask({"power-off"}).output == "The machine shuts down.\n");
        CHECK(room.calls() == Calls{"systemctl stop dmp-kiosk.service",
                                    "systemctl start --no-block dmp-notice@shutting-down.service",
                                    "dmp-supervisor leave shutdown",
                                    "systemctl --no-block poweroff"});
    }
    SECTION("without a board or a page it goes down all the same") {
        room.let("dmp-supervisor", "leave", "connection_lost: no such port\n", 1);
        room.let("systemctl", "start", "Unit dmp-notice@shutting-down.service not found.\n", 5);
        auto const ran = room.ask({"power-off"});
        CHECK(ran.exit_code == 0);
        CHECK(contains(ran.output, "no such port"));
        CHECK(room.calls().back() == "systemctl --no-block poweroff");
    }
    // Nothing begins on a machine that goes down.
    auto const late = room.ask({"restart-application"});
    CHECK(late.exit_code == 3);
    CHECK(contains(late.output, "the machine goes down"));
}

TEST_CASE("a machine that cannot go down says so and goes on", "[machine]") {
    Room const room;
    room.let("systemctl", "reboot", "Failed to connect to bus\n", 1);
    auto const ran = room.ask({"restart"});
    CHECK(ran.exit_code == 1);
    CHECK(contains(ran.output, "Failed to connect to bus"));
    CHECK(room.ask({"restart-application"}).exit_code == 0);
}

TEST_CASE("an installed update is started only when nobody is in front of the kiosk", "[machine]") {
    Room const room;
    room.let("rauc", "status", rauc_status("rootfs.0"));
    auto const nothing = room.ask({"switch-slot"});
    CHECK(nothing.exit_code == 2);
    CHECK(contains(nothing.output, "no update waits"));
    room.let("rauc", "status", rauc_status("rootfs.1"));
    auto const person = room.ask({"switch-slot"});
    CHECK(person.exit_code == 2);
    CHECK(contains(person.output, "somebody may be in front of the kiosk"));
    for (auto const& call : room.calls())
        CHECK(call == "rauc status --output-format=json");
    write(room / "quiet", "");
    auto const switched = room.ask({"switch-slot"});
    CHECK(switched.output == "The machine starts anew with slot b.\n");
    CHECK(room.calls().back() == "systemctl --no-block reboot");
}

TEST_CASE("status tells version, slot, programs and what waits", "[machine]") {
    Room room;
    room.start_spooler();
    write(room / "release", "VERSION=2026.6\nBUILD=1\n");
    write(room / "slot", "a\n");
    room.let("rauc", "status", rauc_status("rootfs.1"));
    room.let("systemctl", "is-active", "active\n");
    auto const status = room.ask({"status"}).output;
    CHECK(contains(status, "Version 2026.6, in slot a.\nAn update waits in slot b"));
    CHECK(contains(status, "dmp-kiosk: active, dmp-spooler: active, pcscd: active.\n"));
    CHECK(contains(status, "0 waiting, none lost.\n"));
    room.let("rauc", "status", "no JSON\n");
    CHECK(contains(room.ask({"status"}).output, "Updates cannot be installed: rauc's status"));
}
