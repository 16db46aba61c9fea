// Every card profile through the whole kiosk; tests/cards/README.md says what each came to.
#include "tests/system/player.hpp"
#include "tests/system/request_xml.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <unistd.h>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// The day of the journey and of the cards whose dates depend on it.
constexpr auto day = "2026-11-22";

// Cards that are played more than once, or not for their first person.
std::vector<Choices> plays_of(std::string const& profile) {
    static std::map<std::string, std::vector<Choices>> const more{
        {"P05", {{0}, {1}, {2}}},  {"P05b", {{0}, {2}}}, {"P06", {{0}, {11}}},
        {"P15", {{0, 0}, {0, 1}}}, {"P27", {{0}, {1}}},  {"P29", {{0}, {18}}},
        {"P31", {{0}, {1}}},       {"P32", {{0}, {1}}},  {"P33", {{0}, {1}, {2}}}};
    auto const found = more.find(profile);
    return found == more.end() ? std::vector<Choices>{{}} : found->second;
}

std::vector<std::string> profiles() {
    std::vector<std::string> names;
    for (auto const& entry :
         fs::directory_iterator{fs::path{SOURCE_DIR} / "drivers/simulator/profiles"})
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
    std::ranges::sort(names);
    return names;
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text.empty() ? "-" : text;
}

std::string line_of(std::string const& profile, std::string const& what, Choices const& choices,
                    End const& end) {
    auto const who = choices.century == 1  ? "person 1, born in 20.."
                     : choices.person == 0 ? "person 1"
                                           : "person " + std::to_string(choices.person + 1);
    return "| " + profile + " | " + what + " | " + who + " | " + joined(end.asked) + " | " +
           end.state + " | " + (end.code.empty() ? "-" : end.code) + " | " +
           (end.state == "recorded" ? "yes" : "none") + " |";
}

// What each profile says it is for.
std::map<std::string, std::string> titles(desk::Desk& desk) {
    std::map<std::string, std::string> result;
    auto const answer = must(desk.card().order(json{{"do", "profiles"}}));
    for (auto const& profile : answer["profiles"])
        result[profile["id"]] = profile["title"];
    return result;
}

// The cards of one part of the list; each part has a desk of its own and may run beside others.
void play_part(std::size_t part, std::size_t parts) {
    auto desk = start_desk(sanitized());
    // What the kiosk has loaded is closed to its own user.
    if (std::getenv("DMP_KIOSK_SANITIZED") != nullptr && ::geteuid() == 0) {
        auto const maps = content_of("/proc/" + std::to_string(desk->kiosk().pid()) + "/maps");
        CHECK(maps.find("libasan") != std::string::npos);
    }
    must(desk->robot().order(json{{"do", "clock"}, {"freeze", true}}));
    must(desk->robot().order(json{{"do", "clock"}, {"date", day}, {"trusted", true}}));
    must(desk->card().order(json{{"do", "today"}, {"date", day}}));
    auto const title_of = titles(*desk);
    auto const readme = content_of(fs::path{SOURCE_DIR} / "tests/cards/README.md");
    auto const all = profiles();
    std::ofstream received{RECEIVED_CARDS + std::to_string(part) + ".md"};
    std::size_t recorded = 0;
    for (std::size_t i = part; i < all.size(); i += parts)
        for (auto const& choices : plays_of(all[i])) {
            auto const end = play(*desk, all[i], choices);
            auto const line = line_of(all[i], title_of.at(all[i]), choices, end);
            received << line << std::endl;
            CHECKED_ELSE(readme.find(line) != std::string::npos) {
                FAIL_CHECK("not in tests/cards/README.md: " << line);
            }
            recorded += end.state == "recorded" ? 1 : 0;
            leave(*desk);
        }
    // What the table calls a request is one that the receiver could open, and no other came.
    auto const requests = open_requests(*desk);
    for (auto const& request : requests)
        check_schema(request / "request.xml");
    CHECK(requests.size() == recorded);
}

}  // namespace

TEST_CASE("the first quarter of the cards comes to the ends of the table") { play_part(0, 4); }
TEST_CASE("the second quarter of the cards comes to the ends of the table") { play_part(1, 4); }
TEST_CASE("the third quarter of the cards comes to the ends of the table") { play_part(2, 4); }
TEST_CASE("the last quarter of the cards comes to the ends of the table") { play_part(3, 4); }
