// The whole kiosk with its supervision board: the real firmware, three times as fast as the wall
// clock, on the serial line of the real dmp-kiosk.
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/board/bench_board.hpp"
#include "tests/system/fixture.hpp"

#include <csignal>

#include <sys/ptrace.h>
#include <sys/wait.h>

using namespace system_tests;

namespace {

constexpr auto limit = 40s;  // of the wall clock, on a machine that does other things too

// The cabinet: a board, and the PC's programs, which lose their power with its relay.
struct Cabinet {
    fake::LiveBoard board{supervisor_setup(), 3};
    std::unique_ptr<desk::Desk> desk = must(desk::Desk::prepare(options()));

    Cabinet() {
        board.ask([](fake::Board& quiet) { set_quiet(quiet); });
        must(desk->start_intake());
        replace_in(desk->file("kiosk.toml"), "[reader]\n",
                   "[supervisor]\nport = \"" + board.port() +
                       "\"\n[reader]\nrestart_request = \"pcscd-restart\"\n");
        must(desk->start_spooler());
        must(desk->open_day());
        start_kiosk();
        wait_for(*desk, "attract");
        REQUIRE(eventually([&] { return lit(lamp_green); }));
    }

    void start_kiosk() { must(desk->start_kiosk()); }
    void drive(fake::Pin pin, bool high) {
        board.ask([=](fake::Board& driven) { driven.drive(pin, high); });
    }
    void set_distance(std::uint32_t millivolts) {
        board.ask([=](fake::Board& seen) { seen.set_millivolts(distance_channel, millivolts); });
    }
    bool lit(fake::Pin pin) {
        return board.ask([=](fake::Board& lamp) { return lamp.output(pin) == fake::Drive::high; });
    }
    bool comes(fake::Pin pin, bool high) {
        return board.wait_until(
            [=](fake::Board& watched) {
                return (watched.output(pin) == fake::Drive::high) == high;
            },
            limit);
    }
    bool logged(std::string_view text) const { return holds(desk->file("kiosk.log"), text); }
};

// The one thread of a program stands still, as if it hung, and the others go on.
class HungThread {
  public:
    explicit HungThread(pid_t thread) : thread_(thread) {
        REQUIRE(::ptrace(PTRACE_SEIZE, thread, nullptr, nullptr) == 0);
        REQUIRE(::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr) == 0);
        int status = 0;
        REQUIRE(::waitpid(thread, &status, __WALL) == thread);
    }
    ~HungThread() { ::ptrace(PTRACE_DETACH, thread_, nullptr, nullptr); }
    HungThread(HungThread const&) = delete;
    HungThread& operator=(HungThread const&) = delete;

  private:
    pid_t thread_;
};

}  // namespace

TEST_CASE("lights follow the patient's way, and help turns the one toward the reception",
          "[supervisor][cabinet]") {
    Cabinet cabinet;
    auto& desk = *cabinet.desk;
    walk_to(desk, "explain");
    CHECK(cabinet.comes(lamp_amber, true));
    CHECK_FALSE(cabinet.lit(lamp_green));
    auto const steady = [](fake::Board& board) {
        return board.pwm(fake::PwmOutput::oc0b_pb4).value == 60;
    };
    CHECK(cabinet.board.wait_until(steady, limit));
    // Help blinks, busy does not.
    tap(desk, "help");
    CHECK(cabinet.comes(lamp_amber, false));
    CHECK(cabinet.comes(lamp_amber, true));
    tap(desk, "close_help");
    remove_card(desk);
    wait_for(desk, "card_taken");
    tap(desk, "done");
    wait_for(desk, "attract");
    CHECK(cabinet.comes(lamp_green, true));
}

TEST_CASE("an open cabinet ends the session, wipes it and is told", "[supervisor][cabinet]") {
    Cabinet cabinet;
    auto& desk = *cabinet.desk;
    walk_to(desk, "review");
    CHECK(screen(desk).dump().find("LUC") != std::string::npos);
    cabinet.drive(door, true);
    wait_for(desk, "cabinet_open");
    CHECK(screen(desk).dump().find("LUC") == std::string::npos);
    CHECK(screen(desk).dump().find("B01") != std::string::npos);
    CHECK(cabinet.comes(lamp_red, true));
    CHECK(cabinet.logged("B01"));
    remove_card(desk);
    cabinet.drive(door, false);
    wait_for(desk, "attract");
}

TEST_CASE("whoever leaves a session behind is asked for, and it ends in seconds",
          "[supervisor][cabinet]") {
    Cabinet cabinet;
    auto& desk = *cabinet.desk;
    cabinet.set_distance(1200);
    walk_to(desk, "review");
    cabinet.set_distance(400);
    // The board waits two seconds; then the screen asks, and hides what it showed.
    REQUIRE(base::eventually(
        [&] { return screen(desk).dump().find("more_time") != std::string::npos; }, limit));
    CHECK(screen(desk).dump().find("LUC") == std::string::npos);
    must(desk.robot().order(json{{"do", "clock"}, {"advance_ms", 21000}}));
    wait_for(desk, "timed_out");
    CHECK(screen(desk).dump().find("LUC") == std::string::npos);
}

TEST_CASE("a screen that hangs ends the program before the power is cut, and is watched again",
          "[supervisor][cabinet]") {
    Cabinet cabinet;
    {
        HungThread const hung{cabinet.desk->kiosk().pid()};
        CHECK(base::eventually([&] { return cabinet.logged("the screen's thread hangs"); }, limit));
    }
    CHECK(cabinet.desk->kiosk().wait(limit).value_or(0) == EXIT_FAILURE);
    CHECK_FALSE(cabinet.lit(relay));
    cabinet.desk->stop_kiosk();
    cabinet.start_kiosk();
    wait_for(*cabinet.desk, "attract");
    CHECK(cabinet.comes(lamp_green, true));
    CHECK(cabinet.board.ask([](fake::Board& board) { return board.edges(relay).size(); }) <= 1);
}

TEST_CASE("a PC that hangs is cut, starts anew, and knows why", "[supervisor][cabinet]") {
    Cabinet cabinet;
    cabinet.desk->kiosk().signal(SIGSTOP);
    REQUIRE(cabinet.comes(relay, true));
    cabinet.desk->kiosk().signal(SIGKILL);  // its power is gone
    REQUIRE(cabinet.comes(relay, false));
    cabinet.desk->stop_kiosk();
    ::setenv("DMP_BOOT_ID", "0badcafe", 1);  // another start of the machine
    cabinet.start_kiosk();
    ::unsetenv("DMP_BOOT_ID");
    wait_for(*cabinet.desk, "attract");
    CHECK(eventually([&] { return cabinet.logged("cut_for_silence"); }));
    CHECK(cabinet.comes(lamp_green, true));
}

TEST_CASE("a reader that stays away is given its power anew by the board",
          "[supervisor][cabinet]") {
    Cabinet cabinet;
    auto& desk = *cabinet.desk;
    desk.pcscd().pcscd().signal(SIGKILL);
    wait_for(desk, "reader_trouble");
    CHECK(cabinet.comes(lamp_red, true));
    must(desk.robot().order(json{{"do", "clock"}, {"advance_ms", 9000}}));
    CHECK(cabinet.comes(reader_switch, true));
    CHECK(cabinet.comes(reader_switch, false));
    must(desk.pcscd().restart_daemon());
    wait_for(desk, "attract");
}

TEST_CASE("without its board the kiosk goes on, and says so to the staff",
          "[supervisor][cabinet]") {
    Cabinet cabinet;
    auto& desk = *cabinet.desk;
    cabinet.board.ask([](fake::Board& board) { board.cut_power(); });
    REQUIRE(eventually([&] { return cabinet.logged("B02"); }));
    walk_to(desk, "recorded");
    remove_card(desk);
    cabinet.board.ask([](fake::Board& board) { board.give_power(); });
    CHECK(cabinet.board.wait_until(
        [](fake::Board& board) { return board.output(lamp_amber) == fake::Drive::high; }, limit));
}
