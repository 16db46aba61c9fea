#include "kiosk/workers/supervisor_worker.hpp"

#include "tests/catch.hpp"
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/board/bench_board.hpp"

#include <atomic>
#include <thread>

#include <poll.h>

using namespace workers;
using supervisor::SlotLight;
using supervisor::StatusLight;

namespace {

// The worker between the real firmware, ten times as fast as the wall clock, and a UI thread that
// answers pings until it is told to hang.
struct Scene {
    fake::LiveBoard live{supervisor_setup(), 10};
    Mailbox<Fact> facts;
    std::vector<Fact> heard;
    bool hangs = false;
    std::atomic<int> ended = 0;
    std::unique_ptr<SupervisorWorker> worker;

    Scene() {
        live.ask([](fake::Board& board) { set_quiet(board); });
        worker = std::make_unique<SupervisorWorker>(
            SupervisorWorker::Options{.port = live.port(),
                                      .boot_id = 5,
                                      .between_pings = 200ms,
                                      .between_tries = 100ms,
                                      .hangs = [this] { ++ended; }},
            facts);
    }

    // The first fact of this kind since the last call that satisfies `is`, within ten seconds.
    template <class Wanted>
    std::optional<Wanted> wait_for(std::function<bool(Wanted const&)> is = [](Wanted const&) {
        return true;
    }) {
        auto const until = std::chrono::steady_clock::now() + 10s;
        while (std::chrono::steady_clock::now() < until) {
            for (std::size_t i = 0; i < heard.size(); ++i) {
                auto const* fact = std::get_if<Wanted>(&heard[i]);
                if (fact == nullptr || !is(*fact)) continue;
                auto const found = *fact;
                heard.erase(heard.begin(), heard.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                return found;
            }
            live_on(50ms);
        }
        return std::nullopt;
    }
    // As the UI thread does.
    void live_on(std::chrono::milliseconds at_most) {
        pollfd ready{facts.descriptor(), POLLIN, 0};
        ::poll(&ready, 1, static_cast<int>(at_most.count()));
        for (auto& fact : facts.take()) {
            if (std::holds_alternative<Ping>(fact) && !hangs && worker) worker->pong();
            heard.push_back(std::move(fact));
        }
    }
    bool wait_until(std::function<bool(fake::Board&)> holds) {
        std::atomic<bool> held = false;
        std::jthread const waiting{[&] { held = live.wait_until(std::move(holds), 20s); }};
        auto const until = std::chrono::steady_clock::now() + 20s;
        while (!held && std::chrono::steady_clock::now() < until)
            live_on(20ms);
        return held;
    }
    bool lit(fake::Pin pin) {
        return live.ask([=](fake::Board& board) { return board.output(pin) == fake::Drive::high; });
    }
    bool wait_for_cut() {
        return wait_until(
            [](fake::Board& board) { return board.output(relay) == fake::Drive::high; });
    }
};

bool high(fake::Board& board, fake::Pin pin) { return board.output(pin) == fake::Drive::high; }

}  // namespace

TEST_CASE("what the board sees arrives as facts, the levels first", "[supervisor_worker][live]") {
    Scene scene;
    auto const ready = scene.wait_for<SupervisorReady>();
    REQUIRE(ready);
    CHECK(ready->description.find("firmware 1.0.0") != std::string::npos);
    CHECK(ready->description.find("power_returned") != std::string::npos);
    REQUIRE(
        scene.wait_for<PresenceLevel>([](auto const& level) { return level.someone == false; }));
    REQUIRE(scene.wait_for<DoorLevel>([](auto const& level) { return !level.open; }));
    auto const drive = [&](fake::Pin pin, bool high) {
        scene.live.ask([=](fake::Board& board) { board.drive(pin, high); });
    };
    drive(door, true);
    CHECK(scene.wait_for<DoorLevel>([](auto const& level) { return level.open; }));
    drive(key, false);
    CHECK(scene.wait_for<KeySwitchLevel>([](auto const& level) { return level.turned; }));
    drive(headphones, false);
    CHECK(scene.wait_for<HeadphonesLevel>([](auto const& level) { return level.plugged_in; }));
    drive(tilt, true);
    CHECK(scene.wait_for<TiltLevel>([](auto const& level) { return level.tilted; }));
    scene.live.ask([](fake::Board& board) { board.set_millivolts(distance_channel, 1200); });
    CHECK(scene.wait_for<PresenceLevel>([](auto const& level) { return level.someone == true; }));
    scene.live.ask([](fake::Board& board) { board.set_millivolts(distance_channel, 0); });
    CHECK(scene.wait_for<SupervisorWarning>([](auto const& warning) {
        return warning.text.find("presence sensor") != std::string::npos;
    }));
    CHECK(scene.wait_for<PresenceLevel>([](auto const& level) { return !level.someone; }));
}

TEST_CASE("lights asked for before the board is there are shown when it comes",
          "[supervisor_worker][live]") {
    Scene scene;
    scene.worker->show(SlotLight::steady, StatusLight::free);
    CHECK(scene.wait_until([](fake::Board& board) { return high(board, lamp_green); }));
    // And again after its power was gone.
    scene.live.ask([](fake::Board& board) { board.cut_power(); });
    REQUIRE(scene.wait_for<SupervisorLost>());
    scene.live.ask([](fake::Board& board) { board.give_power(); });
    REQUIRE(scene.wait_for<SupervisorReady>());
    CHECK(scene.wait_until([](fake::Board& board) { return high(board, lamp_green); }));
}

TEST_CASE("as long as the UI thread answers, the board lets the PC alone",
          "[supervisor_worker][live]") {
    Scene scene;
    REQUIRE(scene.wait_for<SupervisorReady>());
    auto const begun = scene.live.ask([](fake::Board& board) { return board.now(); });
    CHECK(scene.wait_until([=](fake::Board& board) { return board.now() - begun > 80s; }));
    CHECK_FALSE(scene.lit(relay));
    CHECK(scene.ended == 0);
}

TEST_CASE("a UI thread that hangs ends the program, and then its PC is cut",
          "[supervisor_worker][live]") {
    Scene scene;
    REQUIRE(scene.wait_for<SupervisorReady>());
    scene.hangs = true;
    CHECK(scene.wait_for_cut());
    CHECK(scene.ended == 1);
    CHECK(scene.wait_until(
        [](fake::Board& board) { return board.output(relay) == fake::Drive::low; }));
}

TEST_CASE("a program that ends in good order may be silent", "[supervisor_worker][live]") {
    Scene scene;
    REQUIRE(scene.wait_for<SupervisorReady>());
    scene.worker.reset();
    auto const begun = scene.live.ask([](fake::Board& board) { return board.now(); });
    CHECK(scene.wait_until([=](fake::Board& board) { return board.now() - begun > 80s; }));
    CHECK_FALSE(scene.lit(relay));
}

TEST_CASE("the reader's power is cycled and answered for, also by a board that is away",
          "[supervisor_worker][live]") {
    Scene scene;
    REQUIRE(scene.wait_for<SupervisorReady>());
    scene.worker->cycle_reader();
    CHECK(scene.wait_until([](fake::Board& board) { return high(board, reader_switch); }));
    CHECK(scene.wait_for<ReaderPowerCycled>([](auto const& cycled) { return cycled.done; }));
    CHECK_FALSE(scene.lit(reader_switch));
    scene.live.ask([](fake::Board& board) { board.cut_power(); });
    scene.worker->cycle_reader();
    CHECK(scene.wait_for<ReaderPowerCycled>([](auto const& cycled) { return !cycled.done; }));
}

TEST_CASE("a board that started anew is greeted, armed and lit again",
          "[supervisor_worker][live]") {
    Scene scene;
    scene.worker->show(SlotLight::steady, StatusLight::busy);
    REQUIRE(scene.wait_for<SupervisorReady>());
    REQUIRE(scene.wait_until([](fake::Board& board) { return high(board, lamp_amber); }));
    scene.live.ask([](fake::Board& board) { board.brown_out(); });
    CHECK(scene.wait_for<SupervisorReady>([](auto const& ready) {
        return ready.description.find("brown_out") != std::string::npos;
    }));
    CHECK(scene.wait_until([](fake::Board& board) { return high(board, lamp_amber); }));
    // It watches again.
    scene.hangs = true;
    CHECK(scene.wait_for_cut());
}
