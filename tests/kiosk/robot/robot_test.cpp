#include "kiosk/robot/robot.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/robot/robot_scene.hpp"

using namespace robot_tests;

TEST_CASE("a bad line is answered and ends nothing", "[robot]") {
    RobotScene scene;
    auto client = scene.client();
    for (auto const* line : {"nonsense", "[1,2]", "\"hello\"", "{\"do\":", "", "{}"}) {
        CAPTURE(line);
        auto const answer = client.ask_raw(line);
        CHECK(answer.at("ok") == false);
        CHECK(answer.at("error") == "bad_request");
    }
    CHECK(client.refusal({{"do", "dance"}}) == "bad_request");
    CHECK(client.refusal({{"do", "hello"}}).empty());
}

TEST_CASE("a value of the wrong type is the sender's mistake", "[robot]") {
    RobotScene scene;
    auto client = scene.client();
    for (auto const& line : {
             json{{"do", 7}},
             json{{"do", "tap"}, {"id", 5}},
             json{{"do", "tap"}, {"id", "help"}, {"now", "yes"}},
             json{{"do", "tap"}, {"at", {1}}},
             json{{"do", "tap"}, {"at", {"left", "top"}}},
             json{{"do", "finger"}, {"phase", "sideways"}, {"at", {1, 1}}},
             json{{"do", "finger"}, {"phase", "down"}},
             json{{"do", "finger"}, {"phase", "down"}, {"at", "middle"}},
             json{{"do", "finger"}, {"phase", "down"}, {"at", {1, 1}}, {"finger", 0.5}},
             json{{"do", "finger"}, {"phase", "down"}, {"at", {1e300, 1}}},
             json{{"do", "tap"}, {"at", {-1e9, 1}}},
             json{{"do", "clock"}, {"advance_ms", std::numeric_limits<std::int64_t>::max()}},
             json{{"do", "clock"}, {"advance_ms", -1}},
             json{{"do", "clock"}, {"advance_ms", std::numeric_limits<std::uint64_t>::max()}},
             json{{"do", "wait"}, {"state", "attract"}, {"timeout_ms", 1ULL << 63}},
             json{{"do", "clock"}, {"date", "9999-12-31"}},
             json{{"do", "wait"}, {"state", "attract"}, {"after", -1}},
             json{{"do", "wait"}, {"state", "attract"}, {"timeout_ms", 1e30}},
             json{{"do", "type"}},
             json{{"do", "type"}, {"text", 5}},
             json{{"do", "wait"}, {"state", 5}},
             json{{"do", "wait"}, {"state", "attract"}, {"timeout_ms", "long"}},
             json{{"do", "wait"}, {"state", "attract"}, {"after", "first"}},
             json{{"do", "clock"}, {"freeze", "yes"}},
             json{{"do", "clock"}, {"advance_ms", "1 s"}},
             json{{"do", "clock"}, {"trusted", 1}},
             json{{"do", "screenshot"}},
             json{{"do", "device"}, {"network", "up"}},
         }) {
        CAPTURE(line.dump());
        CHECK(client.refusal(line) == "bad_request");
    }
    CHECK(client.refusal({{"do", "screen"}}).empty());
}

TEST_CASE("an oversized line ends its connection, and no other", "[robot]") {
    RobotScene scene;
    auto other = scene.client();
    auto client = scene.client();
    static_cast<void>(client.ask({{"do", "hello"}}));
    client.send(std::string(200'000, 'x'));
    CHECK(client.ended());
    CHECK(other.refusal({{"do", "hello"}}).empty());
    CHECK(scene.client().refusal({{"do", "hello"}}).empty());
}

TEST_CASE("one client waits while another acts, and each has its answers in order", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto waiting = scene.client();
    waiting.send(json{{"do", "wait"}, {"state", "learn"}, {"timeout_ms", 15000}}.dump());
    waiting.send(json{{"do", "hello"}}.dump());
    scene.tap("learn", "learn");
    auto const waited = waiting.answer();
    CHECK(waited.at("ok") == true);
    CHECK(waited.contains("seq"));
    CHECK(waiting.answer().contains("protocol"));
}

TEST_CASE("quit answers and ends the loop well", "[robot]") {
    RobotScene scene;
    CHECK(scene.client().refusal({{"do", "quit"}}).empty());
    scene.wait_for_end();
    CHECK(scene.ended_well());
}

TEST_CASE("metrics count from this client's last question", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto client = scene.client();
    static_cast<void>(client.ask({{"do", "metrics"}}));
    scene.tap("learn", "learn");
    auto const first = client.ask({{"do", "metrics"}});
    CHECK(first.at("frames").at("n") > 0);
    CHECK(first.at("wakeups").at("ui") > 0);
    CHECK(first.at("pss_kb") > 0);
    CHECK_FALSE(first.contains("card"));
    auto const second = client.ask({{"do", "metrics"}});
    CHECK(second.at("frames").at("n") < first.at("frames").at("n"));
}
