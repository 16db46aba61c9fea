// After many sessions of different persons nothing of any of them is left, wherever they ended.
#include "tests/system/player.hpp"
#include "tests/system/traces.hpp"

#include <array>
#include <cstdio>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// How a session ends: the state it is left in, and the widget that leaves it; "" pulls the card.
struct Ending {
    std::string_view in;
    std::string_view by;
    std::string_view state;
};

constexpr std::array endings{
    Ending{"consent", "refuse", "refused"}, Ending{"consent", "think_over", "thinking"},
    Ending{"review", "cancel", "cancelled"}, Ending{"emergency", "", "card_taken"},
    Ending{"review", "send", "recorded"}};

// Insured adults whose own record is asked for, with names of one page: one way leads through all.
constexpr std::array profiles{"P01", "P02", "P03", "P07", "P09", "P10"};

// Of everybody who comes.
Words everybody() {
    Words words;
    for (auto const* const profile : profiles)
        for (auto& word : words_of(fs::path{SOURCE_DIR} / "drivers/simulator/profiles" /
                                   (std::string{profile} + ".toml")))
            words.push_back(std::move(word));
    return words;
}

void one_session(desk::Desk& desk, std::size_t number) {
    auto const& ending = endings[number % endings.size()];
    walk_to(desk, ending.in, profiles[number % profiles.size()]);
    if (ending.in == "review") tap(desk, "show_number");
    if (ending.by.empty())
        remove_card(desk);
    else
        tap(desk, ending.by);
    wait_for(desk, ending.state);
}

struct Found {
    std::vector<std::string> in_memory;
    std::vector<fs::path> files;
};

Found after_sessions(desk::Desk& desk, std::size_t count, Words const& words) {
    Found found;
    auto const look = [&](std::string const& when, auto const& process) {
        for (auto const& place : found_in_memory(process.pid(), words))
            found.in_memory.push_back(when + ": " + place);
    };
    must(desk.robot().order(json{{"do", "clock"}, {"freeze", true}}));  // no lock is waited out
    for (std::size_t number = 0; number < count; ++number) {
        one_session(desk, number);
        look("session " + std::to_string(number), desk.kiosk());
        leave(desk);
    }
    // The spooler never had anything in clear; the card's bytes went through the kiosk alone.
    look("the kiosk at the end", desk.kiosk());
    look("the spooler at the end", desk.spooler());
    must(desk.wait_until_sent(60s));
    desk.stop_kiosk();
    found.files = files_with(desk.folder(), words);
    return found;
}

}  // namespace

TEST_CASE("after ten sessions nothing of anybody is left in memory or in any file") {
    auto const words = everybody();
    auto desk = start_desk();
    // The negative control: the search finds who is there.
    walk_to(*desk, "review");
    CHECK_FALSE(found_in_memory(desk->kiosk().pid(), words).empty());
    remove_card(*desk);
    leave(*desk);
    auto const found = after_sessions(*desk, 10, words);
    CHECK(found.in_memory == std::vector<std::string>{});
    CHECK(found.files.empty());
    must(desk->open_received(desk->file("received")));
    CHECK_FALSE(files_with(desk->file("received"), words).empty());
}

TEST_CASE("after a thousand sessions nothing of anybody is left", "[.leaks_bench]") {
    constexpr std::size_t sessions = 1000;
    auto desk = start_desk();
    auto const found = after_sessions(*desk, sessions, everybody());
    std::printf("\n%-40s %8zu\n%-40s %8zu\n%-40s %8zu\n", "sessions", sessions, "found in memory",
                found.in_memory.size(), "files that hold something", found.files.size());
    CHECK(found.in_memory == std::vector<std::string>{});
    CHECK(found.files.empty());
}
