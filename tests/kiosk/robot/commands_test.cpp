#include "kiosk/robot/commands.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/robot/robot_scene.hpp"

#include <algorithm>
#include <fstream>

using namespace robot_tests;

namespace {

vitale::VitaleCard nineteen_in_2024() {
    auto card = app_tests::luc();
    card.beneficiaries[0].birth_date = "20050101";
    return card;
}

json widget(json const& screen, std::string_view id) {
    for (auto const& entry : screen.at("widgets"))
        if (entry.at("id") == id) return entry;
    FAIL("not on the screen: " << id);
    return {};
}

}  // namespace

TEST_CASE("hello names every state and the size of the window", "[robot]") {
    RobotScene scene;
    auto const hello = scene.robot().ask({{"do", "hello"}});
    CHECK(hello.at("protocol") == 1);
    CHECK(hello.at("states").size() == journey::states.size());
    CHECK(hello.at("width") == 540);
    CHECK(hello.at("height") == 960);
    CHECK(hello.at("mm_per_pixel") == 0.36);
}

TEST_CASE("screen says what is shown and where", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    scene.insert(app_tests::luc());
    auto const screen = scene.robot().ask({{"do", "screen"}});
    CHECK(screen.at("state") == "explain");
    CHECK(screen.at("language") == "fr");
    CHECK_FALSE(screen.at("title").get<std::string>().empty());
    CHECK(screen.at("texts").size() > 3);
    auto const next = widget(screen, "next");
    CHECK(next.at("enabled") == true);
    CHECK(next.at("main") == true);
    CHECK(next.at("rect").size() == 4);
    CHECK_FALSE(next.at("label").get<std::string>().empty());
}

TEST_CASE("a finger goes down and up in phases", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto const rect = widget(scene.robot().ask({{"do", "screen"}}), "learn").at("rect");
    json const at{rect[0].get<float>() + rect[2].get<float>() / 2,
                  rect[1].get<float>() + rect[3].get<float>() / 2};
    REQUIRE(scene.robot().refusal({{"do", "clock"}, {"advance_ms", 300}}).empty());
    for (auto const* phase : {"down", "up"})
        CHECK(scene.robot().refusal({{"do", "finger"}, {"phase", phase}, {"at", at}}).empty());
    CHECK(
        scene.robot().refusal({{"do", "wait"}, {"state", "learn"}, {"timeout_ms", 15000}}).empty());
}

TEST_CASE("a frozen clock stands until it is moved", "[robot]") {
    RobotScene scene;
    auto& robot = scene.robot();
    auto const now = [&](json line) -> std::int64_t {
        line["do"] = "clock";
        return robot.ask(line).at("now_ms");
    };
    auto const frozen = now({{"freeze", true}});
    CHECK(now(json::object()) == frozen);
    CHECK(now({{"advance_ms", 1500}}) == frozen + 1500);
    CHECK(now({{"freeze", false}}) >= frozen + 1500);
}

TEST_CASE("every limit passed by an advance fires, in order", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto& robot = scene.robot();
    REQUIRE(robot.refusal({{"do", "clock"}, {"freeze", true}}).empty());
    scene.insert(app_tests::luc());
    auto const before = robot.ask({{"do", "screen"}}).at("seq");

    REQUIRE(robot.refusal({{"do", "clock"}, {"advance_ms", 120'000}}).empty());
    CHECK(widget(robot.ask({{"do", "screen"}}), "more_time").at("enabled") == true);
    REQUIRE(robot.refusal({{"do", "clock"}, {"advance_ms", 600'000}}).empty());
    auto const answer = robot.ask({{"do", "wait"}, {"state", "timed_out"}, {"after", before}});
    REQUIRE(answer.at("ok") == true);
    CHECK(answer.at("history").at(0).at(1) == "timed_out");
}

TEST_CASE("date and trust are the journey's calendar", "[robot]") {
    RobotScene scene;
    auto& robot = scene.robot();
    for (auto const* wrong : {"2024-02-30", "2024-1-2", "02/01/2024", "2024-01-0x", ""}) {
        CAPTURE(wrong);
        CHECK(robot.refusal({{"do", "clock"}, {"date", wrong}}) == "bad_request");
    }
    scene.open_kiosk();
    SECTION("near majority an untrusted clock sends to the desk") {
        REQUIRE(
            robot.refusal({{"do", "clock"}, {"date", "2024-01-02"}, {"trusted", false}}).empty());
        scene.insert(nineteen_in_2024(), "desk");
    }
    SECTION("a trusted one does not") {
        REQUIRE(
            robot.refusal({{"do", "clock"}, {"date", "2024-01-02"}, {"trusted", true}}).empty());
        scene.insert(nineteen_in_2024(), "explain");
    }
    SECTION("and before the birthday the person is minor") {
        REQUIRE(
            robot.refusal({{"do", "clock"}, {"date", "2021-01-02"}, {"trusted", true}}).empty());
        scene.insert(nineteen_in_2024(), "representative");
    }
}

TEST_CASE("a screenshot is a PNG at an absolute path", "[robot]") {
    RobotScene scene;
    auto& robot = scene.robot();
    auto const path = app_tests::keys() / "screen.png";
    CHECK(robot.refusal({{"do", "screenshot"}, {"path", "screen.png"}}) == "bad_request");
    CHECK(robot.refusal({{"do", "screenshot"}, {"path", "/nowhere/screen.png"}}) == "bad_request");
    REQUIRE(robot.refusal({{"do", "screenshot"}, {"path", path.native()}}).empty());
    std::ifstream picture{path, std::ios::binary};
    std::string begin(4, ' ');
    picture.read(begin.data(), 4);
    CHECK(begin == "\x89PNG");
}

TEST_CASE("the network is a level that a worker could have posted", "[robot]") {
    loop_tests::Log const log;
    RobotScene scene;
    scene.open_kiosk();  // what the workers say at the start changes the state too
    auto& robot = scene.robot();
    auto const before = robot.ask({{"do", "screen"}});
    CHECK(robot.ask({{"do", "device"}, {"network", false}}).at("network") == false);
    CHECK(robot.ask({{"do", "device"}, {"network", true}}).at("network") == true);
    CHECK(robot.ask({{"do", "screen"}}).at("state") == before.at("state"));
    scene.end();
    CHECK(log.holds("network: down"));
    CHECK(log.holds("network: up"));
}

TEST_CASE("who leaves a session is asked, hides what is on the screen, and may come back",
          "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto& robot = scene.robot();
    auto const see = [&](bool someone) {
        REQUIRE(robot.refusal({{"do", "device"}, {"presence", someone}}).empty());
    };
    auto const shows = [&](std::string_view words) {
        return base::eventually(
            [&] {
                return robot.ask({{"do", "screen"}}).at("texts").dump().find(words) !=
                       std::string::npos;
            },
            std::chrono::seconds{10});
    };
    see(true);
    scene.insert(app_tests::luc());
    for (auto const* const act : {"next", "accept"})
        REQUIRE(robot.refusal({{"do", "tap"}, {"id", act}}).empty());
    REQUIRE(shows("EXEMPLE"));
    see(false);
    REQUIRE(shows("Nous avons caché votre écran"));
    CHECK(robot.ask({{"do", "screen"}}).dump().find("EXEMPLE") == std::string::npos);
    see(true);
    CHECK(shows("EXEMPLE"));
    auto const before = robot.ask({{"do", "screen"}}).at("seq");
    see(false);
    REQUIRE(shows("Nous avons caché votre écran"));
    REQUIRE(robot.refusal({{"do", "clock"}, {"advance_ms", 20'000}}).empty());
    CHECK(robot.ask({{"do", "wait"}, {"state", "timed_out"}, {"after", before}}).at("ok") == true);
}

TEST_CASE("an open cabinet closes the kiosk until its door is shut", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    scene.insert(app_tests::luc());
    auto& robot = scene.robot();
    auto const reaches = [&](bool open, std::string_view state) {
        auto const before = robot.ask({{"do", "screen"}}).at("seq");
        REQUIRE(robot.refusal({{"do", "device"}, {"door", open}}).empty());
        return robot.ask({{"do", "wait"}, {"state", state}, {"after", before}}).at("ok") == true;
    };
    CHECK(reaches(true, "cabinet_open"));
    auto const screen = robot.ask({{"do", "screen"}}).dump();
    CHECK(screen.find("B01") != std::string::npos);
    CHECK(screen.find("LUC") == std::string::npos);
    CHECK(reaches(false, "attract"));
}

TEST_CASE("what the kiosk does not have is refused", "[robot]") {
    RobotScene scene;
    for (auto const& line :
         {json{{"do", "device"}, {"drawbridge", true}}, json{{"do", "device"}},
          json{{"do", "device"}, {"door", "open"}}, json{{"do", "key"}, {"name", "up"}}}) {
        CAPTURE(line.dump());
        CHECK(scene.robot().refusal(line) == "bad_request");
    }
}

TEST_CASE("headphones are told to the kiosk, and what would be said is listed once", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    REQUIRE(scene.robot().refusal({{"do", "device"}, {"headphones", true}}).empty());
    REQUIRE(base::eventually(
        [&] {
            return scene.robot().ask({{"do", "audio"}}).at("listening") == true;
        },
        std::chrono::seconds{10}));
    auto const audio = scene.robot().ask({{"do", "audio"}});
    CHECK(audio.at("outlet") == "headphones");
    CHECK(audio.at("decibels_above_lowest") == 12);
    std::string said;
    REQUIRE(base::eventually(
        [&] {
            auto const screen = scene.robot().ask({{"do", "screen"}});
            said += screen.at("spoken").dump();
            return said.find("headphones") != std::string::npos;
        },
        std::chrono::seconds{10}));
    CHECK(scene.robot().ask({{"do", "screen"}}).at("spoken").empty());
}

TEST_CASE("the volume keys move by three decibels", "[robot]") {
    RobotScene scene;
    scene.open_kiosk();
    auto const decibels = [&] {
        return scene.robot().ask({{"do", "audio"}}).at("decibels_above_lowest").get<int>();
    };
    CHECK(scene.robot().refusal({{"do", "key"}, {"name", "VolumeUp"}}).empty());
    CHECK(decibels() == 15);
    CHECK(scene.robot().refusal({{"do", "key"}, {"name", "VolumeDown"}}).empty());
    CHECK(decibels() == 12);
}
