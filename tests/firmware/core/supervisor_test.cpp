#include "tests/firmware/core/supervisor_desk.hpp"

#include <set>

using namespace supervisor_desk;

TEST_CASE("a gap in the power that only the PC noticed is no crash of it", "[supervisor]") {
    Desk desk;
    desk.hello(1);
    desk.pass(second);
    desk.start_board(BoardReset::brown_out);
    CHECK(desk.hello(1).pc_start == PcStart::same);
    desk.pass(second);
    desk.start_board(BoardReset::brown_out);
    CHECK(desk.hello(2).pc_start == PcStart::power_returned);
}

TEST_CASE("a hang is told, counted and kept before the power is cut", "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.ask(Request::arm);
    desk.line.frames.clear();
    desk.pass(31 * second);
    CHECK(desk.notices(Notice::restart_wanted) == 1);
    CHECK_FALSE(desk.outputs.cut_pc);
    while (!desk.outputs.cut_pc)
        desk.pass(10);
    // At the very moment of the cut it outlives everything.
    Desk reborn;
    reborn.memory.bytes = desk.memory.bytes;
    reborn.start_board(BoardReset::power_on);
    reborn.hello();
    CHECK(reborn.counter(Counter::cut_for_silence) == 1);
    bool kept = false;
    for (auto const& event : reborn.events())
        kept = kept || (event.happened == Happened::cut &&
                        event.detail == static_cast<std::uint8_t>(PcStart::cut_for_silence));
    CHECK(kept);
    desk.pass(4 * second);
    CHECK(desk.outputs.cut_pc);
    desk.pass(1100);
    CHECK_FALSE(desk.outputs.cut_pc);
    CHECK(desk.hello(8).pc_start == PcStart::cut_for_silence);
    CHECK(desk.hello(8).pc_start == PcStart::same);
    CHECK(desk.hello(9).pc_start == PcStart::unannounced);
}

TEST_CASE("a memory that is never done does not save a hung PC from the cut", "[supervisor]") {
    struct Stuck : BoardMemory {
        bool ready() override { return false; }
    } memory;
    RecordedLine line;
    Supervisor board{memory, line, version, BoardReset::power_on, 0};
    Frame const hello{1, 1, 5, {protocol_version, 1}};
    Frame const arm{4, 2, 0, {}};
    board.receive(hello, 0);
    board.receive(arm, 0);
    Time now = 0;
    bool cut = false;
    for (; now < 60 * second && !cut; now += 10)
        cut = board.step(quiet, 0, now).cut_pc;
    CHECK(cut);
    CHECK(now >= 52 * second);
}

TEST_CASE("three cuts in an hour end in a fault, which only the staff's key ends", "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.ask(Request::arm);
    desk.pass(1000 * second);
    CHECK(desk.status().power == PowerState::fault);
    CHECK_FALSE(desk.outputs.cut_pc);
    CHECK(desk.counter(Counter::cut_for_silence) == 3);
    CHECK(desk.counter(Counter::fault) == 1);
    CHECK(desk.refusal(Request::arm) == refused(Refusal::not_now));
    CHECK(desk.refusal(Request::power_cycle) == refused(Refusal::not_now));
    CHECK(desk.refusal(Request::clear_fault) == refused(Refusal::key_needed));
    // It knows so after its own watchdog, too.
    desk.start_board(BoardReset::watchdog);
    desk.hello();
    CHECK(desk.status().power == PowerState::fault);
    desk.raw.key_turned = true;
    desk.pass(100);
    CHECK(desk.refusal(Request::clear_fault) == 0);
    CHECK(desk.refusal(Request::arm) == 0);
}

TEST_CASE("while the staff's key is turned no silence counts", "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.ask(Request::arm);
    desk.raw.key_turned = true;
    desk.pass(600 * second);
    CHECK(desk.status().power == PowerState::watched);
    desk.raw.key_turned = false;
    desk.pass(49 * second);
    CHECK_FALSE(desk.outputs.cut_pc);
    desk.pass(3 * second);
    CHECK(desk.outputs.cut_pc);
}

TEST_CASE("why the PC starts is known after a planned restart and after a crash", "[supervisor]") {
    Desk desk;
    desk.hello(1);
    CHECK(desk.refusal(Request::disarm, {static_cast<std::uint8_t>(Leaving::update)}) == 0);
    CHECK(desk.hello(2).pc_start == PcStart::updated);
    desk.ask(Request::disarm, {static_cast<std::uint8_t>(Leaving::restart)});
    desk.pass(second);
    desk.start_board(BoardReset::watchdog);          // meanwhile
    CHECK(desk.hello(2).pc_start == PcStart::same);  // it had not gone yet
    desk.ask(Request::disarm, {static_cast<std::uint8_t>(Leaving::restart)});
    desk.pass(second);
    desk.start_board(BoardReset::watchdog);
    CHECK(desk.hello(3).pc_start == PcStart::restarted);
    CHECK(desk.hello(4).pc_start == PcStart::unannounced);
    desk.ask(Request::power_cycle);
    desk.pass(10 * second);
    CHECK(desk.hello(5).pc_start == PcStart::cut_requested);
}

TEST_CASE("a cut that was asked for comes after the answer, and is counted apart", "[supervisor]") {
    Desk desk;
    desk.hello();
    CHECK(desk.refusal(Request::power_cycle) == 0);
    CHECK_FALSE(desk.outputs.cut_pc);
    desk.pass(2 * second);
    CHECK(desk.outputs.cut_pc);
    desk.pass(6 * second);
    CHECK(desk.counter(Counter::cut_requested) == 1);
    CHECK(desk.counter(Counter::cut_for_silence) == 0);
}

TEST_CASE("the reader is without power for two seconds, and told", "[supervisor]") {
    Desk desk;
    desk.hello();
    CHECK(desk.refusal(Request::reader_cycle) == 0);
    CHECK(desk.notices(Notice::reader_power) == 1);
    desk.pass(1900);
    CHECK(desk.outputs.cut_reader);
    CHECK((desk.status().inputs & static_cast<int>(Input::reader_power)) == 0);
    desk.pass(200);
    CHECK_FALSE(desk.outputs.cut_reader);
    CHECK((desk.status().inputs & static_cast<int>(Input::reader_power)) != 0);
}

TEST_CASE("what a PC showed that fell silent is taken back", "[supervisor]") {
    Desk desk;
    desk.pass(10);
    CHECK(desk.outputs.lamps.red);  // nobody said yet that the kiosk is in service
    desk.hello();
    desk.ask(Request::lights, {static_cast<std::uint8_t>(SlotLight::invite),
                               static_cast<std::uint8_t>(StatusLight::free)});
    desk.ask(Request::backlight, {30});
    for (int i = 0; i < 20; ++i) {
        desk.pass(10 * second);
        desk.ask(Request::beat);
    }
    CHECK(desk.outputs.lamps.green);
    CHECK(desk.outputs.backlight == 30);
    desk.pass(16 * second);
    CHECK(desk.outputs.lamps.red);
    CHECK_FALSE(desk.outputs.lamps.green);
    CHECK(desk.outputs.backlight == 100);
    CHECK(desk.status().slot_light == SlotLight::off);
}

TEST_CASE("doors, tilt and key are told and kept; presence and headphones only told",
          "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.pass(second);
    auto const before = desk.events().back().sequence;
    desk.line.frames.clear();
    desk.raw.door_open = desk.raw.tilted = desk.raw.key_turned = desk.raw.headphones = true;
    desk.raw.distance = 1500;
    desk.pass(3 * second);
    CHECK(desk.notices(Notice::inputs) >= 1);
    CHECK((desk.status().inputs & 0x1F) == 0x1F);
    std::set<Happened> kept;
    for (auto const& event : desk.events(before + 1))
        kept.insert(event.happened);
    CHECK(kept == std::set{Happened::door, Happened::tilt, Happened::key});
    CHECK(desk.counter(Counter::door_opened) == 1);
    CHECK(desk.counter(Counter::tilted) == 1);
}

TEST_CASE("a supply that falls is kept with its voltage", "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.line.frames.clear();
    desk.raw.supply = 9'900;
    desk.pass(3 * second);
    CHECK(desk.notices(Notice::out_of_range) == 1);
    CHECK(desk.status().problems == static_cast<int>(Problem::supply));
    CHECK(desk.events().back().happened == Happened::supply_bad);
    CHECK(desk.events().back().value == 9'900);
}

TEST_CASE("hours are counted, over the wrap of time", "[supervisor]") {
    Desk desk{static_cast<Time>(0 - 90 * 60 * second)};
    desk.pass(3 * 3600 * second);
    desk.hello();
    CHECK(desk.counter(Counter::hours) == 3);
    CHECK(desk.status().uptime == 3 * 3600);
}
