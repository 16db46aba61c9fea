#include "tests/firmware/core/supervisor_desk.hpp"

#include <random>
#include <set>

using namespace supervisor_desk;

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
