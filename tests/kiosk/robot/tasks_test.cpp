#include "kiosk/robot/tasks.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/robot/robot_scene.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace robot_tests;

namespace {

bool shows(json const& screen, std::string_view text) {
    return std::ranges::any_of(screen.at("texts"), [&](json const& each) { return each == text; });
}

}  // namespace

TEST_CASE("a tap acts on the widget it names, and answers after the frame it led to", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto const answer = scene.robot().ask({{"do", "tap"}, {"id", "learn"}});
    CHECK(answer.at("ok") == true);
    auto const screen = scene.robot().ask({{"do", "screen"}});
    CHECK(screen.at("state") == "learn");
    CHECK(screen.at("seq") == answer.at("seq"));
}

TEST_CASE("a tap beside every widget answers, and does nothing", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto const before = scene.robot().ask({{"do", "screen"}}).at("seq");
    CHECK(scene.robot().ask({{"do", "tap"}, {"at", {2, 900}}}).at("seq") == before);
}

TEST_CASE("keys move the focus that the screen shows, and select there", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto const focused = [&] {
        std::vector<std::string> ids;
        auto const screen = scene.robot().ask({{"do", "screen"}});
        for (auto const& widget : screen.at("widgets"))
            if (widget.at("focused") == true) ids.push_back(widget.at("id"));
        return ids;
    };
    CHECK(focused().empty());
    for (auto const* const id :
         {"learn", "withdraw", "language", "text_size", "contrast", "listen", "easy", "low", "help",
          "learn"}) {
        CHECK(scene.robot().ask({{"do", "key"}, {"name", "Right"}}).at("ok") == true);
        CHECK(focused() == std::vector<std::string>{id});
    }
    CHECK(scene.robot().ask({{"do", "key"}, {"name", "Switch2"}}).at("ok") == true);
    CHECK(scene.robot().ask({{"do", "screen"}}).at("state") == "learn");
}

TEST_CASE("what is not there, and what cannot be used, is not tapped", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    CHECK(scene.robot().refusal({{"do", "tap"}, {"id", "accept"}}) == "unknown_id");
    scene.insert(app_tests::luc());
    scene.go_to_birth_name_entry();
    // Nothing is typed yet.
    CHECK(scene.robot().refusal({{"do", "tap"}, {"id", "next"}}) == "disabled");
    REQUIRE(scene.robot().refusal({{"do", "type"}, {"text", "A"}}).empty());
    CHECK(scene.robot().refusal({{"do", "tap"}, {"id", "next"}}).empty());
}

TEST_CASE("a tap in spite of the lock is told that it met the lock", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto& robot = scene.robot();
    REQUIRE(robot.refusal({{"do", "clock"}, {"freeze", true}}).empty());
    scene.insert(app_tests::luc());
    CHECK(robot.refusal({{"do", "tap"}, {"id", "next"}, {"now", true}}) == "locked");
    CHECK(robot.ask({{"do", "screen"}}).at("state") == "explain");
    // Without, a frozen clock is moved past the lock.
    CHECK(robot.refusal({{"do", "tap"}, {"id", "next"}}).empty());
    CHECK(robot.ask({{"do", "screen"}}).at("state") == "consent");
}

TEST_CASE("a text is typed key by key, also from the other page of keys", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    scene.insert(app_tests::luc());
    scene.go_to_birth_name_entry();
    auto& robot = scene.robot();
    REQUIRE(robot.refusal({{"do", "type"}, {"text", "D'ÉTÉ NOËL"}}).empty());
    CHECK(shows(robot.ask({{"do", "screen"}}), "D'ÉTÉ NOËL"));
    SECTION("nothing at all is typed at once") {
        CHECK(robot.refusal({{"do", "type"}, {"text", ""}}).empty());
    }
    SECTION("a character on no page stops where it stands") {
        for (auto const* text : {"A€", "A@", "A1"}) {
            CAPTURE(text);
            CHECK(robot.refusal({{"do", "type"}, {"text", text}}) == "unknown_id");
        }
        CHECK(shows(robot.ask({{"do", "screen"}}), "D'ÉTÉ NOËLAAA"));
    }
}

TEST_CASE("where nothing can be typed, no key is found", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    CHECK(scene.robot().refusal({{"do", "type"}, {"text", "A"}}) == "unknown_id");
}

TEST_CASE("a wait sees what was entered after, even if left since", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    scene.tap("learn", "learn");
    scene.tap("done", "attract");
    auto& robot = scene.robot();
    auto const seq = robot.ask({{"do", "screen"}}).at("seq").get<std::uint64_t>();

    auto const left = robot.ask({{"do", "wait"}, {"state", "learn"}});
    CHECK(left.at("seq") == seq - 1);
    auto const& history = left.at("history");
    REQUIRE(history.size() >= 5);
    CHECK(history.front() == json{1, "starting"});
    CHECK(history.back() == json{seq, "attract"});

    auto const after =
        robot.ask({{"do", "wait"}, {"state", "learn"}, {"after", seq - 1}, {"timeout_ms", 0}});
    CHECK(after.at("error") == "timeout");
    CHECK(after.at("history") == json{{seq, "attract"}});
}

TEST_CASE("a wait ends when its time is over, not before the state comes", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto& robot = scene.robot();
    CHECK(robot.refusal({{"do", "wait"}, {"state", "nowhere"}}) == "unknown_state");
    CHECK(robot.refusal({{"do", "wait"}}) == "unknown_state");
    CHECK(robot.refusal({{"do", "wait"}, {"state", "review"}, {"timeout_ms", 50}}) == "timeout");

    auto waiting = scene.client();
    waiting.send(json{{"do", "wait"}, {"state", "explain"}, {"timeout_ms", 15000}}.dump());
    scene.insert(app_tests::luc());
    CHECK(waiting.answer().at("ok") == true);
}
