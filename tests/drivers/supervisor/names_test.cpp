#include "drivers/supervisor/names.hpp"

#include "tests/catch.hpp"

#include <set>

using namespace supervisor;

TEST_CASE("every number of the protocol has its own word", "[names]") {
    std::set<std::string> words;
    for (int i = 0; i < counter_count; ++i)
        CHECK(words.insert(name(static_cast<Counter>(i))).second);
    words.clear();
    for (int i = 1; i <= 15; ++i) {
        auto const word = describe({1, 2, 3, static_cast<Happened>(i), 1, 0});
        INFO(word);
        CHECK(words.insert(word).second);
        CHECK(word.find("unknown (") == std::string::npos);
    }
    CHECK(name(PowerState::fault) == "fault");
    CHECK(name(PcStart::same) == "same");
    CHECK(name(BoardReset::watchdog) == "watchdog");
    CHECK(name(Version{1, 20, 3}) == "1.20.3");
}

TEST_CASE("events say what staff want to know", "[names]") {
    CHECK(describe({1, 2, 3, Happened::door, 1, 0}) == "door: open");
    CHECK(describe({1, 2, 3, Happened::cut, 3, 0}) == "cut: cut_while_starting");
    CHECK(describe({1, 2, 3, Happened::supply_bad, 0, 9900}) == "supply_bad: 9900 mV");
    CHECK(describe({1, 2, 3, Happened::too_hot, 0, 705}) == "too_hot: 70.5 C");
    CHECK(describe({1, 2, 3, Happened::cool_again, 0, static_cast<std::uint16_t>(-105)}) ==
          "cool_again: -10.5 C");
    CHECK(describe_refusal(Request::clear_fault, 7) ==
          "clear_fault: only while the staff key is turned");
}

TEST_CASE("what a later version says is unknown, and no harm", "[names]") {
    CHECK(name(static_cast<PcStart>(99)) == "unknown (99)");
    CHECK(describe({1, 2, 3, static_cast<Happened>(200), 1, 0}) == "unknown (200)");
    CHECK(describe({1, 2, 3, Happened::board_started, 77, 0}) == "board_started: unknown (77)");
    CHECK(describe_refusal(static_cast<Request>(60), 50) == "unknown (60): unknown (50)");
}
