#include "firmware/core/counters.hpp"
#include "firmware/core/event_memory.hpp"
#include "firmware/core/past.hpp"

#include "tests/catch.hpp"
#include "tests/firmware/core/memory_of_board.hpp"

using namespace supervisor;

namespace {

template <class Kept>
void save(Kept& kept) {
    do
        kept.step();
    while (!kept.saved());
}

struct Board {
    BoardMemory memory;
    EventMemory events{memory};

    void happened(Happened happened, std::uint8_t detail = 0, std::uint16_t value = 0) {
        events.note({0, 100, 3, happened, detail, value});
        save(events);
    }
    void started(BoardReset reset) {
        happened(Happened::board_started, static_cast<std::uint8_t>(reset));
    }
    void cut(PcStart reason) { happened(Happened::cut, static_cast<std::uint8_t>(reason)); }
    void left(Leaving leaving) { happened(Happened::pc_left, static_cast<std::uint8_t>(leaving)); }
    PcStart next_start() const { return recall_start(events).next; }
};

}  // namespace

TEST_CASE("what was counted is there after the power was gone", "[counters]") {
    BoardMemory memory;
    for (std::uint32_t life = 1; life <= 30; ++life) {
        Counters counters{memory};
        CHECK(counters[Counter::power_on] == life - 1);
        counters.count(Counter::power_on);
        if (life % 3 == 0) counters.count(Counter::fault);
        CHECK_FALSE(counters.saved());
        save(counters);
    }
    Counters const counters{memory};
    CHECK(counters[Counter::power_on] == 30);
    CHECK(counters[Counter::fault] == 10);
    CHECK(counters[Counter::hours] == 0);
}

TEST_CASE("what is counted while it is being saved is saved too", "[counters]") {
    BoardMemory memory;
    Counters counters{memory};
    for (int i = 0; i < 500; ++i) {
        counters.count(Counter::door_opened);
        counters.step();
    }
    save(counters);
    CHECK(Counters{memory}[Counter::door_opened] == 500);
}

TEST_CASE("no power cut takes a count back that was saved", "[counters]") {
    for (int cut = 0; cut < 48; ++cut)
        for (auto const fate : BoardMemory::fates) {
            BoardMemory memory;
            Counters counters{memory};
            for (int i = 0; i < 12; ++i) {
                counters.count(Counter::cut_for_silence);
                save(counters);
            }
            counters.count(Counter::cut_for_silence);
            memory.cut_after(cut, fate);
            CHECK_THROWS_AS(save(counters), BoardMemory::PowerLost);
            memory.power_comes_back();
            auto const found = Counters{memory}[Counter::cut_for_silence];
            REQUIRE((found == 12 || found == 13));
        }
}

TEST_CASE("events are read back as they were noted, the last 218", "[event_memory]") {
    Board board;
    for (std::uint16_t i = 1; i <= 300; ++i)
        board.happened(Happened::door, static_cast<std::uint8_t>(i % 2), i);
    EventMemory const again{board.memory};
    CHECK(again.next() == 301);
    CHECK(again.oldest() == 83);
    EventRecord event;
    for (auto sequence = again.oldest(); sequence < again.next(); ++sequence) {
        REQUIRE(again.read(sequence, event));
        REQUIRE(event.sequence == sequence);
        REQUIRE(event.value == sequence);
        REQUIRE(event.happened == Happened::door);
        REQUIRE(event.uptime == 100);
        REQUIRE(event.power_on == 3);
    }
    CHECK_FALSE(again.read(again.oldest() - 1, event));
}

TEST_CASE("more than can be written waits in line, and the line has an end", "[event_memory]") {
    Board board;
    for (std::uint16_t i = 1; i <= 20; ++i)
        board.events.note({0, 0, 0, Happened::key, 0, i});
    save(board.events);
    EventRecord event;
    CHECK(board.events.next() == 9);
    REQUIRE(board.events.read(8, event));
    CHECK(event.value == 8);
}

TEST_CASE("why the PC starts is what happened last", "[past]") {
    Board board;
    CHECK(board.next_start() == PcStart::unannounced);
    board.started(BoardReset::power_on);
    CHECK(board.next_start() == PcStart::power_returned);
    board.happened(Happened::pc_started, 1, 0xBEEF);
    CHECK(board.next_start() == PcStart::unannounced);
    CHECK(recall_start(board.events).boot_id == 0xBEEF);
    board.started(BoardReset::watchdog);  // not the PC's
    CHECK(recall_start(board.events).boot_id == 0xBEEF);
    board.left(Leaving::update);
    CHECK(board.next_start() == PcStart::updated);
    board.happened(Happened::pc_started, 1, 0xBEE0);
    board.left(Leaving::restart);
    CHECK(board.next_start() == PcStart::restarted);
    board.cut(PcStart::cut_for_silence);
    board.started(BoardReset::brown_out);
    CHECK(board.next_start() == PcStart::cut_for_silence);
    board.started(BoardReset::power_on);
    CHECK(board.next_start() == PcStart::power_returned);
}

TEST_CASE("cuts and a fault are remembered over the board's own restart, not over a power cut",
          "[past]") {
    Board board;
    board.started(BoardReset::power_on);
    board.cut(PcStart::cut_for_silence);
    board.cut(PcStart::cut_while_starting);
    board.cut(PcStart::cut_requested);  // by a PC that was alive
    board.started(BoardReset::watchdog);
    CHECK(recall_power(board.events).cuts == 2);
    CHECK_FALSE(recall_power(board.events).fault);
    board.happened(Happened::fault);
    CHECK(recall_power(board.events).fault);
    board.happened(Happened::key, 1);
    CHECK(recall_power(board.events).fault);
    board.happened(Happened::fault_cleared);
    CHECK_FALSE(recall_power(board.events).fault);
    CHECK(recall_power(board.events).cuts == 0);
    board.happened(Happened::fault);
    board.started(BoardReset::power_on);
    CHECK_FALSE(recall_power(board.events).fault);
}
