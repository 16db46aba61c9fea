#include "firmware/core/supervisor.hpp"

#include "tests/catch.hpp"
#include "tests/firmware/core/memory_of_board.hpp"

#include <deque>
#include <optional>
#include <set>
#include <vector>

using namespace supervisor;

namespace {

constexpr Version version{1, 2, 3};
constexpr Span second = 1000;
constexpr RawInputs quiet{false, false, false, false, 400, 12000, 250};

struct RecordedLine : Line {
    std::vector<Frame> frames;
    void send(Frame const& frame) override { frames.push_back(frame); }
};

// A board on a desk, with the PC's end of its line.
struct Desk {
    BoardMemory memory;
    RecordedLine line;
    Time now;
    std::optional<Supervisor> board;
    RawInputs raw = quiet;
    Outputs outputs{};
    std::uint8_t sequence = 0;

    explicit Desk(Time start = 0) : now(start) { start_board(BoardReset::power_on); }

    void start_board(BoardReset reset) { board.emplace(memory, line, version, reset, now); }

    void pass(Span span) {
        for (Span passed = 0; passed < span; passed += 10) {
            now += 10;
            outputs = board->step(raw, 0, now);
        }
    }
    // Its answer, or nothing.
    std::optional<Frame> ask_as(std::uint8_t with_sequence, Request request,
                                std::vector<std::uint8_t> const& payload = {}) {
        Frame frame{static_cast<std::uint8_t>(request),
                    with_sequence,
                    static_cast<std::uint8_t>(payload.size()),
                    {}};
        std::copy(payload.begin(), payload.end(), frame.payload);
        line.frames.clear();
        board->receive(frame, now);
        for (auto const& answer : line.frames)
            if ((answer.type & answer_bit) != 0 && answer.sequence == with_sequence) return answer;
        return std::nullopt;
    }
    std::optional<Frame> ask(Request request, std::vector<std::uint8_t> const& payload = {}) {
        return ask_as(++sequence, request, payload);
    }
    // How it was refused; 0 when it was done.
    int refusal(Request request, std::vector<std::uint8_t> const& payload = {}) {
        auto const answer = ask(request, payload);
        REQUIRE(answer);
        if (answer->type != not_acknowledged) return 0;
        CHECK(answer->payload[0] == static_cast<std::uint8_t>(request));
        return answer->payload[1];
    }
    Greeting hello(std::uint8_t boot = 7) {
        auto const answer = ask(Request::hello, {protocol_version, boot, 0, 0, 0});
        Greeting greeting{};
        REQUIRE(answer);
        REQUIRE(read(*answer, greeting));
        return greeting;
    }
    Status status() {
        auto const answer = ask(Request::status);
        Status status{};
        REQUIRE(answer);
        REQUIRE(read(*answer, status));
        return status;
    }
    std::uint32_t counter(Counter counter) {
        auto const answer = ask(Request::counters);
        REQUIRE(answer);
        REQUIRE(answer->size == counters_size);
        PayloadReader in{*answer};
        std::uint32_t value = 0;
        for (int i = 0; i <= static_cast<int>(counter); ++i)
            value = in.u32();
        return value;
    }
    std::vector<EventRecord> events(std::uint32_t first = 1) {
        std::vector<EventRecord> all;
        for (;;) {
            auto const answer = ask(Request::events, {static_cast<std::uint8_t>(first),
                                                      static_cast<std::uint8_t>(first >> 8), 0, 0});
            REQUIRE(answer);
            PayloadReader in{*answer};
            int const count = in.u8();
            if (count == 0) return all;
            for (int i = 0; i < count; ++i)
                all.push_back(read_event(in));
            first = all.back().sequence + 1;
        }
    }
    int notices(Notice notice) const {
        int found = 0;
        for (auto const& frame : line.frames)
            found += frame.type == static_cast<std::uint8_t>(notice) ? 1 : 0;
        return found;
    }
};

int refused(Refusal refusal) { return static_cast<int>(refusal); }

}  // namespace

TEST_CASE("nothing is done for a PC that did not say hello, and hello says who is there",
          "[supervisor]") {
    Desk desk;
    CHECK(desk.refusal(Request::arm) == refused(Refusal::hello_first));
    CHECK(desk.refusal(Request::power_cycle) == refused(Refusal::hello_first));
    auto const greeting = desk.hello();
    CHECK(greeting.protocol == protocol_version);
    CHECK(greeting.firmware == version);
    CHECK(greeting.reset == BoardReset::power_on);
    CHECK(greeting.pc_start == PcStart::power_returned);
    CHECK(desk.refusal(Request::arm) == 0);
    CHECK(desk.status().power == PowerState::watched);
}

TEST_CASE("a PC of another protocol learns the version, and may do nothing but flash",
          "[supervisor]") {
    Desk desk;
    auto const answer = desk.ask(Request::hello, {protocol_version + 1, 7, 0, 0, 0});
    Greeting greeting{};
    REQUIRE(read(*answer, greeting));
    CHECK(greeting.protocol == protocol_version);
    CHECK(desk.refusal(Request::arm) == refused(Refusal::other_version));
    CHECK(desk.refusal(Request::boot_loader) == 0);
}

TEST_CASE("a PC of another protocol may end the watch of the one before, and flash",
          "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.ask(Request::arm);
    desk.ask(Request::hello, {protocol_version + 1, 8, 0, 0, 0});
    CHECK(desk.refusal(Request::boot_loader) == refused(Refusal::not_now));
    CHECK(desk.refusal(Request::disarm, {static_cast<std::uint8_t>(Leaving::update)}) == 0);
    CHECK(desk.refusal(Request::boot_loader) == 0);
}

TEST_CASE("a greeting that was lost on the line is told again as it was", "[supervisor]") {
    Desk desk;
    std::vector<std::uint8_t> const hello{protocol_version, 7, 0, 0, 0};
    desk.ask_as(1, Request::hello, hello);
    Greeting greeting{};
    REQUIRE(read(*desk.ask_as(1, Request::hello, hello), greeting));
    CHECK(greeting.pc_start == PcStart::power_returned);
    REQUIRE(read(*desk.ask_as(2, Request::hello, hello), greeting));
    CHECK(greeting.pc_start == PcStart::same);
}

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

TEST_CASE("what is unknown, too short or out of range is refused, never passed over",
          "[supervisor]") {
    Desk desk;
    desk.hello();
    std::set<int> const known{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
                              0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D};
    for (int type = 0; type < 0x80; ++type)
        if (!known.contains(type))
            REQUIRE(desk.refusal(static_cast<Request>(type)) == refused(Refusal::unknown_type));
    CHECK(desk.refusal(Request::lights, {1}) == refused(Refusal::wrong_size));
    CHECK(desk.refusal(Request::lights, {slot_light_count, 0}) == refused(Refusal::wrong_value));
    CHECK(desk.refusal(Request::lights, {0, status_light_count}) == refused(Refusal::wrong_value));
    CHECK(desk.refusal(Request::backlight, {101}) == refused(Refusal::wrong_value));
    CHECK(desk.refusal(Request::disarm, {0}) == refused(Refusal::wrong_value));
    CHECK(desk.refusal(Request::disarm, {4}) == refused(Refusal::wrong_value));
    // What a later version appends is not looked at.
    CHECK(desk.refusal(Request::backlight, {50, 1, 2, 3}) == 0);
}

TEST_CASE("a question asked again has the same answer and no second effect", "[supervisor]") {
    Desk desk;
    desk.hello();
    auto const first = desk.ask_as(100, Request::reader_cycle);
    auto const again = desk.ask_as(100, Request::reader_cycle);
    REQUIRE(first);
    REQUIRE(again);
    CHECK(again->type == first->type);
    CHECK(again->type != not_acknowledged);
    CHECK(desk.counter(Counter::reader_cycle) == 1);
    // Another one is another question.
    CHECK(desk.refusal(Request::reader_cycle) == refused(Refusal::not_now));
    desk.pass(3 * second);
    CHECK(desk.refusal(Request::reader_cycle) == 0);
    // The same sequence with other words is no repetition.
    CHECK(desk.ask_as(7, Request::backlight, {10})->type != not_acknowledged);
    CHECK(desk.ask_as(7, Request::backlight, {20})->type != not_acknowledged);
    CHECK(desk.status().backlight == 20);
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

TEST_CASE("the loader is entered when nobody is watched, and is no hang of the board",
          "[supervisor]") {
    Desk desk;
    desk.hello();
    desk.ask(Request::arm);
    CHECK(desk.refusal(Request::boot_loader) == refused(Refusal::not_now));
    desk.ask(Request::disarm, {static_cast<std::uint8_t>(Leaving::update)});
    CHECK(desk.refusal(Request::boot_loader) == 0);
    CHECK_FALSE(desk.outputs.enter_loader);
    while (!desk.outputs.enter_loader)
        desk.pass(10);
    desk.start_board(BoardReset::external);
    CHECK(desk.hello().reset == BoardReset::external);
    CHECK(desk.counter(Counter::watchdog) == 0);
}

TEST_CASE("hours are counted, over the wrap of time", "[supervisor]") {
    Desk desk{static_cast<Time>(0 - 90 * 60 * second)};
    desk.pass(3 * 3600 * second);
    desk.hello();
    CHECK(desk.counter(Counter::hours) == 3);
    CHECK(desk.status().uptime == 3 * 3600);
}

TEST_CASE("whatever comes on the line is answered once, and never cuts the reader for long",
          "[supervisor]") {
    std::mt19937 random{11};
    Desk desk;
    Span reader_off = 0;
    for (int i = 0; i < 30'000; ++i) {
        Frame frame{static_cast<std::uint8_t>(random() % 24),
                    static_cast<std::uint8_t>(random()),
                    static_cast<std::uint8_t>(random() % (longest_payload + 1)),
                    {}};
        for (auto& byte : frame.payload)
            byte = static_cast<std::uint8_t>(random() % 9);
        desk.line.frames.clear();
        desk.board->receive(frame, desk.now);
        int answers = 0;
        for (auto const& sent : desk.line.frames)
            answers += (sent.type & answer_bit) != 0 ? 1 : 0;
        REQUIRE(answers == 1);
        desk.pass(10);
        reader_off = desk.outputs.cut_reader ? reader_off + 10 : 0;
        REQUIRE(reader_off <= 2010);
    }
}
