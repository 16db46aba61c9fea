// The reader that is lost: what is tried, what the patient sees of it, what staff reads.
#include "tests/kiosk/app_fixture.hpp"
#include "tests/kiosk/loop_fixture.hpp"

using namespace app_tests;
using namespace std::chrono_literals;
using journey::Rung;
using journey::State;

namespace {

kiosk::Settings settings_with_service() {
    auto settings = app_tests::settings();
    settings.restart_request = "asked-of-the-hands";
    return settings;
}

struct ReaderBench : Bench {
    explicit ReaderBench(bool board = true) : Bench(settings_with_service()) {
        app.clock().freeze(true);
        if (board) app.take(workers::SupervisorReady{});
        ready();
    }
    void lose(base::Errc cause = base::Errc::no_service) {
        app.take(workers::ReaderLost{{cause, ""}});
        REQUIRE(state() == State::reader_trouble);
    }
    std::optional<Rung> rung() const {
        auto const view = app.view();
        return view.recovery ? std::optional{view.recovery->rung} : std::nullopt;
    }
};

}  // namespace

TEST_CASE("a lost reader is reopened, cut from power, given a new pcscd, and then out of service") {
    ReaderBench bench;
    CHECK_FALSE(bench.rung());
    bench.lose(GENERATE(base::Errc::no_service, base::Errc::context_lost, base::Errc::reader_failed,
                        base::Errc::reader_missing));
    CHECK(bench.rung() == Rung::reopening);
    bench.app.advance_clock(8s);
    CHECK(bench.rung() == Rung::power_cycle);
    CHECK(bench.hands.power_cycles == 1);
    bench.app.take(workers::ReaderPowerCycled{true});
    bench.app.advance_clock(20s);
    CHECK(bench.rung() == Rung::pcscd_restart);
    CHECK(bench.hands.pcscd_restarts == 1);
    bench.app.advance_clock(15s);
    CHECK(bench.rung() == Rung::out_of_service);
    CHECK_FALSE(bench.app.view().recovery->left);
    CHECK(bench.hands.power_cycles == 1);
    bench.app.advance_clock(10min);
    CHECK(bench.rung() == Rung::power_cycle);
    CHECK(bench.hands.power_cycles == 2);
}

TEST_CASE("a hung worker is helped at once: by the board, or by a new pcscd where there is none") {
    bool const board = GENERATE(true, false);
    ReaderBench bench{board};
    bench.lose(base::Errc::reader_hung);
    CHECK(bench.hands.power_cycles == (board ? 1 : 0));
    CHECK(bench.hands.pcscd_restarts == (board ? 0 : 1));
    bench.app.advance_clock(20s);
    CHECK(bench.hands.pcscd_restarts == 1);
}

TEST_CASE("a board that refuses or goes away is not waited for") {
    ReaderBench bench;
    bench.lose(base::Errc::reader_hung);
    REQUIRE(bench.rung() == Rung::power_cycle);
    SECTION("refuses") { bench.app.take(workers::ReaderPowerCycled{false}); }
    SECTION("goes away") { bench.app.take(workers::SupervisorLost{{base::Errc::timed_out, ""}}); }
    CHECK(bench.rung() == Rung::pcscd_restart);
    CHECK(bench.hands.pcscd_restarts == 1);
}

TEST_CASE("nothing is promised that nobody here can do") {
    Bench bench;
    bench.app.clock().freeze(true);
    bench.ready();
    bench.app.take(workers::ReaderLost{{base::Errc::no_service, ""}});
    bench.app.advance_clock(8s);
    CHECK(bench.app.view().recovery->rung == Rung::out_of_service);
    CHECK(bench.hands.power_cycles + bench.hands.pcscd_restarts == 0);
}

TEST_CASE("a reader that comes back opens the kiosk, and staff reads which rung worked") {
    loop_tests::Log const log;
    ReaderBench bench;
    bench.lose();
    bench.app.advance_clock(10s);
    REQUIRE(bench.rung() == Rung::power_cycle);
    CHECK(log.holds("reader: next rung: power cycle"));
    bench.app.take(workers::ReaderReady{});
    CHECK(bench.state() == State::attract);
    CHECK_FALSE(bench.rung());
    CHECK(log.holds("reader: back after 10 s, at the rung: power cycle"));
    bench.app.advance_clock(1h);
    CHECK(bench.hands.power_cycles == 1);
    CHECK(bench.hands.pcscd_restarts == 0);
}

TEST_CASE("what is left of a rung is shown in steps, each with a frame of its own and no other") {
    ReaderBench bench;
    bench.lose();
    bench.app.advance_clock(8s);
    std::vector<std::chrono::seconds> shown;
    while (bench.rung() == Rung::power_cycle) {
        shown.push_back(*bench.app.view().recovery->left);
        auto const due = bench.app.deadline();
        REQUIRE(due);
        bench.app.advance_clock(*due - bench.app.clock().now());
    }
    CHECK(shown == std::vector<std::chrono::seconds>{20s, 15s, 10s, 5s});
}

TEST_CASE("a reader lost while somebody reads their farewell is helped without disturbing them") {
    ReaderBench bench;
    bench.insert(luc());
    bench.press(journey::Event::next);
    bench.press(journey::Event::refuse);
    bench.app.take(workers::ReaderLost{{base::Errc::reader_failed, ""}});
    CHECK(bench.state() == State::refused);
    bench.app.advance_clock(8s);
    CHECK(bench.hands.power_cycles == 1);
    CHECK(bench.state() == State::refused);
}
