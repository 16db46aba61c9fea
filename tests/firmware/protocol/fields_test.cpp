#include "firmware/protocol/fields.hpp"

#include "tests/catch.hpp"

#include <vector>

using namespace supervisor;

namespace {

std::vector<int> payload_of(Frame const& frame) {
    return {frame.payload, frame.payload + frame.size};
}

}  // namespace

TEST_CASE("a greeting and a status stand on the wire as the table says", "[fields]") {
    Frame frame{};
    PayloadWriter greeting{frame};
    write(greeting, Greeting{1, {2, 3, 4}, BoardReset::watchdog, PcStart::updated, 0x01020304});
    CHECK(payload_of(frame) == std::vector<int>{1, 2, 3, 4, 4, 6, 0x04, 0x03, 0x02, 0x01});
    CHECK(frame.size == greeting_size);

    PayloadWriter status{frame};
    write(status, Status{PowerState::asked, 0x21, 12'034, -55, 650, 70'000, 300, SlotLight::error,
                         StatusLight::out, 30, 2, 513});
    CHECK(payload_of(frame) == std::vector<int>{2,    0x21, 0x02, 0x2F, 0xC9, 0xFF, 0x8A, 0x02,
                                                0x70, 0x11, 0x01, 0,    0x2C, 0x01, 0,    0,
                                                5,    4,    30,   2,    0x01, 0x02});
    CHECK(frame.size == status_size);
    Status read_back{};
    REQUIRE(read(frame, read_back));
    CHECK(read_back.temperature == -55);
    CHECK(read_back.supply == 12'034);
    CHECK(read_back.uptime == 70'000);
    CHECK(read_back.next_event == 300);
    CHECK(read_back.refused == 513);
}

TEST_CASE("an event keeps all its fields", "[fields]") {
    Frame frame{};
    PayloadWriter out{frame};
    write(out, EventRecord{0x01020304, 0x05060708, 0x090A, Happened::supply_bad, 3, 9'900});
    CHECK(frame.size == event_size);
    PayloadReader in{frame};
    auto const event = read_event(in);
    CHECK(event.sequence == 0x01020304);
    CHECK(event.uptime == 0x05060708);
    CHECK(event.power_on == 0x090A);
    CHECK(event.happened == Happened::supply_bad);
    CHECK(event.detail == 3);
    CHECK(event.value == 9'900);
}

TEST_CASE("what is too short is no answer, and a longer one is one that grew", "[fields]") {
    for (int size = 0; size <= longest_payload; ++size) {
        Frame frame{};
        frame.size = static_cast<std::uint8_t>(size);
        Greeting greeting{};
        Status status{};
        CHECK(read(frame, greeting) == (size >= greeting_size));
        CHECK(read(frame, status) == (size >= status_size));
    }
    // Nothing is read or written past the end.
    Frame full{};
    PayloadWriter out{full};
    for (int i = 0; i < 100; ++i)
        out.u8(7);
    CHECK(full.size == longest_payload);
    PayloadReader in{full};
    for (int i = 0; i < longest_payload; ++i)
        in.u8();
    CHECK(in.u32() == 0);
}
