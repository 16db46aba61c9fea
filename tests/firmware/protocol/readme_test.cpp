// The examples in firmware/protocol/README.md, against what the headers make of them.
#include "firmware/protocol/fields.hpp"

#include "tests/catch.hpp"

#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <vector>

using namespace supervisor;

namespace {

template <class Type>
Frame frame(Type type, std::uint8_t sequence, std::initializer_list<std::uint8_t> payload = {}) {
    Frame made{static_cast<std::uint8_t>(type), sequence, 0, {}};
    PayloadWriter out{made};
    for (auto const byte : payload)
        out.u8(byte);
    return made;
}

Frame answer(Request request, std::uint8_t sequence) {
    return frame(static_cast<std::uint8_t>(request) | answer_bit, sequence);
}

template <class Content>
Frame with(Frame made, Content const& content) {
    PayloadWriter out{made};
    write(out, content);
    return made;
}

Frame one_event(std::uint8_t sequence, EventRecord const& event) {
    auto made = answer(Request::events, sequence);
    PayloadWriter out{made};
    out.u8(1);
    write(out, event);
    return made;
}

template <class Enum>
constexpr std::uint8_t raw(Enum value) {
    return static_cast<std::uint8_t>(value);
}

struct Example {
    std::string name;
    Frame frame;
};

std::vector<Example> examples() {
    return {
        {"type 01, sequence 00, no payload", frame(1, 0)},
        {"type 01, sequence 02, payload 00 11 00", frame(1, 2, {0x00, 0x11, 0x00})},
        {"hello: protocol 1, boot id 12345678, sequence 1",
         frame(Request::hello, 1, {protocol_version, 0x78, 0x56, 0x34, 0x12})},
        {"greeting: firmware 1.0.0, power_on, power_returned, next event 2",
         with(answer(Request::hello, 1),
              Greeting{1, {1, 0, 0}, BoardReset::power_on, PcStart::power_returned, 2})},
        {"arm, sequence 2", frame(Request::arm, 2)},
        {"armed", answer(Request::arm, 2)},
        {"beat, sequence 3", frame(Request::beat, 3)},
        {"status: watched, presence, 12,001 mV, 25.3 °C, 701 mV, up 3,600 s, next event 57, "
         "invite, free, 100 %",
         with(answer(Request::beat, 3),
              Status{PowerState::watched, raw(Input::presence) | raw(Input::reader_power), 12'001,
                     253, 701, 3600, 57, SlotLight::invite, StatusLight::free, 100, 0, 0})},
        {"lights: take_card, busy, sequence 4",
         frame(Request::lights, 4, {raw(SlotLight::take_card), raw(StatusLight::busy)})},
        {"disarm for an update, sequence 5", frame(Request::disarm, 5, {raw(Leaving::update)})},
        {"events from 56 on, sequence 6", frame(Request::events, 6, {56, 0, 0, 0})},
        {"one event: 56, after 3,512 s of power period 9, the door was opened",
         one_event(6, {56, 3512, 9, Happened::door, 1, 0})},
        {"clear_fault, sequence 7", frame(Request::clear_fault, 7)},
        {"refused: the key is needed",
         frame(not_acknowledged, 7, {raw(Request::clear_fault), raw(Refusal::key_needed)})},
        {"notice 12: inputs, presence and door open",
         frame(Notice::inputs, 12,
               {raw(Input::presence) | raw(Input::door_open) | raw(Input::reader_power)})},
        {"notice 13: restart_wanted", frame(Notice::restart_wanted, 13)},
    };
}

std::string row(Example const& example) {
    std::string wire;
    FrameWriter const writer{example.frame};
    for (auto const byte : writer) {
        char hex[4];
        std::snprintf(hex, sizeof hex, "%02X ", byte);
        wire += hex;
    }
    wire.pop_back();
    return "| " + example.name + " | `" + wire + "` |\n";
}

}  // namespace

TEST_CASE("the README's examples are what the headers say", "[readme]") {
    std::ifstream file{PROTOCOL_README};
    std::string const readme{std::istreambuf_iterator<char>{file}, {}};
    std::size_t found = 0;
    for (auto at = readme.find(" 00` |\n"); at != std::string::npos;
         at = readme.find(" 00` |\n", at + 1))
        ++found;
    CHECK(found == examples().size());  // each is here, and none beside them
    for (auto const& example : examples()) {
        INFO("not in " << PROTOCOL_README << ": " << row(example));
        CHECK(readme.find(row(example)) != std::string::npos);
    }
}
