#include "drivers/simulator/control.hpp"

#include "drivers/simulator/vpcd_reader.hpp"
#include "tests/drivers/simulator/support.hpp"

#include <nlohmann/json.hpp>

using namespace simulator;
using nlohmann::json;

namespace {

// No driver listens: what is said about the slot does not depend on one.
struct Desk {
    Catalogue catalogue = Catalogue::open(SIMULATOR_PROFILES).value();
    Slot slot{std::make_unique<VpcdReader>(TcpAddress{"127.0.0.1", 1})};
    Control control{slot, catalogue};

    json say(std::string_view line) {
        return json::parse(control.answer(line, Slot::Clock::now()));
    }
    // "ok" or the error.
    std::string outcome(std::string_view line) {
        auto const answer = say(line);
        return answer.at("ok").get<bool>() ? "ok" : answer.at("error").get<std::string>();
    }
};

}  // namespace

TEST_CASE("a card goes in, is turned, swapped and taken out by order", "[simulator][control]") {
    Desk desk;
    CHECK(desk.outcome(R"({"do":"insert","profile":"P01"})") == "ok");
    auto state = desk.say(R"({"do":"state"})");
    CHECK(state == json{{"ok", true},
                        {"inserted", true},
                        {"profile", "P01"},
                        {"turned", false},
                        {"connected", false},
                        {"apdus", 0},
                        {"resets", 0}});
    CHECK(desk.outcome(R"({"do":"turn"})") == "ok");
    CHECK(desk.say(R"({"do":"state"})").at("turned") == true);
    CHECK(desk.outcome(R"({"do":"swap","profile":"P16"})") == "ok");
    state = desk.say(R"({"do":"state"})");
    CHECK(state.at("profile") == "P16");
    CHECK(state.at("turned") == false);
    CHECK(desk.outcome(R"({"do":"remove"})") == "ok");
    CHECK(desk.say(R"({"do":"state"})").at("inserted") == false);
}

TEST_CASE("an order that cannot be is refused with its reason", "[simulator][control]") {
    Desk desk;
    CHECK(desk.outcome(R"({"do":"remove"})") == "no_card");
    CHECK(desk.outcome(R"({"do":"turn"})") == "no_card");
    CHECK(desk.outcome(R"({"do":"swap","profile":"P01"})") == "no_card");
    CHECK(desk.outcome(R"({"do":"insert","profile":"P00"})") == "unknown_profile");
    CHECK(desk.outcome(R"({"do":"insert"})") == "unknown_profile");
    CHECK(desk.outcome(R"({"do":"insert","profile":"P01"})") == "ok");
    CHECK(desk.outcome(R"({"do":"insert","profile":"P05"})") == "card_inserted");
    CHECK(desk.say(R"({"do":"state"})").at("profile") == "P01");
}

TEST_CASE("a bad line is answered, whatever it holds", "[simulator][control]") {
    Desk desk;
    for (auto const* line : {"", "insert", "[]", "{}", "{\"do\":1}", "{\"do\":\"eject\"}",
                             "{\"do\":\"insert\",\"profile\"", "\xFF\xFE"})
        CHECK(desk.outcome(line) == "bad_request");
    CHECK(desk.outcome("{\"do\":\"insert\",\"profile\":\"\xC3\xA9\"}") == "unknown_profile");
}

TEST_CASE("faults are checked before they are ordered", "[simulator][control]") {
    Desk desk;
    for (auto const* kind : {"remove", "delay", "silence", "garbage", "truncate", "none"})
        CHECK(desk.outcome(json{{"do", "fault"}, {"kind", kind}, {"after_apdus", 2}}.dump()) ==
              "ok");
    CHECK(desk.outcome(R"({"do":"fault","kind":"status","value":"6F00","times":0})") == "ok");
    for (auto const* fault :
         {R"({"do":"fault"})", R"({"do":"fault","kind":"melt"})",
          R"({"do":"fault","kind":"status"})", R"({"do":"fault","kind":"status","value":"6F"})",
          R"({"do":"fault","kind":"status","value":28416})",
          R"({"do":"fault","kind":"delay","value":"long"})",
          R"({"do":"fault","kind":"delay","value":-1})",
          R"({"do":"fault","kind":"remove","after_apdus":1.5})",
          R"({"do":"fault","kind":"remove","times":"all"})"})
        CHECK(desk.outcome(fault) == "bad_request");
}

TEST_CASE("the day that birth dates count from is set by order", "[simulator][control]") {
    Desk desk;
    auto const born = [&] {
        auto const file = desk.catalogue.find("P26a").value().applications[0].files[0].content;
        return base::to_text(file).substr(file.size() - 8);
    };
    CHECK(desk.outcome(R"({"do":"today","date":"2019-06-17"})") == "ok");
    CHECK(born() == "20010618");
    for (auto const* order :
         {R"({"do":"today","date":"17/06/2020"})", R"({"do":"today","date":"2020-02-30"})",
          R"({"do":"today","date":20200617})", R"({"do":"today","date":""})"})
        CHECK(desk.outcome(order) == "bad_request");
    CHECK(born() == "20010618");
    CHECK(desk.outcome(R"({"do":"today"})") == "ok");
    CHECK(born() == birth_date("-18y+1d", local_day()));
}

TEST_CASE("the profiles are listed with title and purpose", "[simulator][control]") {
    Desk desk;
    auto const answer = desk.say(R"({"do":"profiles"})");
    REQUIRE(answer.at("profiles").size() == desk.catalogue.profiles().size());
    auto const& first = answer.at("profiles").at(0);
    CHECK(first.at("id") == "P01");
    CHECK(first.at("title") == "Insured adult alone");
    CHECK(first.at("kind") == "vitale_2");
    CHECK_FALSE(first.at("tests").get<std::string>().empty());
}
