#include "tests/catch.hpp"
#include "tests/firmware/board/bench_board.hpp"

using namespace supervisor;
using fake::Drive;

namespace {

std::uint8_t raw(SlotLight light) { return static_cast<std::uint8_t>(light); }
std::uint8_t raw(StatusLight light) { return static_cast<std::uint8_t>(light); }

BenchBoard& watched(BenchBoard& board) {
    board.begin();
    board.hello();
    REQUIRE(board.done(Request::arm));
    return board;
}

// The tick stands still: as if the main loop hung.
void hang(BenchBoard& board) {
    constexpr fake::Address timsk1 = 0x6F;
    board.set_data(timsk1, 0);
}

// How long the pin is high, once it gets there within `limit`.
fake::Span next_high(BenchBoard& board, fake::Pin pin, fake::Span limit) {
    REQUIRE(board.run_until([&] { return board.high(pin); }, limit));
    auto const rise = board.now();
    REQUIRE(board.run_until([&] { return board.low(pin); }, 10s));
    return board.now() - rise;
}

}  // namespace

TEST_CASE("with power the board leaves the PC and the reader on, and is out of service until told",
          "[board]") {
    BenchBoard board;
    board.begin();
    REQUIRE(board.run_until([&] { return board.high(lamp_red); }, 1s));
    board.run_for(1ms);  // one pin after the other
    CHECK(board.low(relay));
    CHECK(board.low(reader_switch));
    CHECK(board.pwm(fake::PwmOutput::oc2b_pd6).value == 255);
    for (auto const pin : {relay, reader_switch})
        for (auto const& edge : board.edges(pin))
            CHECK(edge.drive != Drive::high);
    auto const greeting = board.hello();
    CHECK(greeting.reset == BoardReset::power_on);
    CHECK(greeting.pc_start == PcStart::power_returned);
    CHECK(board.complaints().empty());
}

TEST_CASE("a PC that hangs is asked, then cut for five seconds, then has its power back",
          "[board]") {
    BenchBoard board;
    watched(board);
    auto const begun = board.now();
    REQUIRE(board.run_until([&] { return board.notice(Notice::restart_wanted).has_value(); }, 40s));
    CHECK(board.now() - begun > 29s);
    CHECK(board.low(relay));
    REQUIRE(board.run_until([&] { return board.high(relay); }, 30s));
    // Counted before: a power cut at this moment takes nothing back.
    board.lose_power(fake::Fate::junk);
    board.hello();
    CHECK(board.counter(Counter::cut_for_silence) == 1);

    REQUIRE(board.done(Request::arm));
    auto const off = next_high(board, relay, 60s);
    CHECK(off > 4900ms);
    CHECK(off < 5200ms);
    CHECK(board.hello(2).pc_start == PcStart::cut_for_silence);
    CHECK(board.counter(Counter::cut_for_silence) == 2);
    CHECK(board.complaints().empty());
}

TEST_CASE("a PC that beats is left alone", "[board]") {
    BenchBoard board;
    watched(board);
    for (int i = 0; i < 24; ++i) {
        board.run_for(5s);
        REQUIRE(board.done(Request::beat));
    }
    CHECK_FALSE(board.notice(Notice::restart_wanted).has_value());
    CHECK(board.status().power == PowerState::watched);
}

TEST_CASE("after three cuts the PC is left on, and the board's watchdog does not make it forget",
          "[board]") {
    BenchBoard board;
    watched(board);
    REQUIRE(board.run_until([&] { return board.notice(Notice::fault).has_value(); }, 1000s));
    CHECK(board.low(relay));
    board.hello(2);
    CHECK(board.counter(Counter::cut_for_silence) == 3);
    CHECK(board.status().power == PowerState::fault);
    board.run_for(1s);  // it is written down
    board.forget();
    hang(board);
    board.begin();
    board.hello(2);
    CHECK(board.status().power == PowerState::fault);
    CHECK_FALSE(board.done(Request::arm));
    CHECK_FALSE(board.done(Request::clear_fault));
    board.drive(key, false);
    REQUIRE(board.run_until([&] { return board.notice(Notice::inputs).has_value(); }, 1s));
    CHECK(board.done(Request::clear_fault));
    CHECK(board.done(Request::arm));
    CHECK(board.complaints().empty());
}

TEST_CASE("a board that hangs is reset by its own watchdog, and lets go of the PC", "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    REQUIRE(board.done(Request::power_cycle));
    REQUIRE(board.run_until([&] { return board.high(relay); }, 3s));
    board.forget();
    hang(board);
    auto const begun = board.now();
    REQUIRE(board.run_until([&] { return board.resets(fake::Reset::watchdog) == 1; }, 4s));
    CHECK(board.now() - begun > 1s);
    CHECK_FALSE(board.high(relay));
    board.begin();
    CHECK(board.low(relay));
    CHECK(board.hello().reset == BoardReset::watchdog);
    CHECK(board.counter(Counter::watchdog) == 1);
    // Not without the hang.
    board.run_for(20s);
    CHECK(board.resets(fake::Reset::watchdog) == 1);
}

TEST_CASE("a brown-out lets go of the PC, is counted, and is told from a loss of power",
          "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    REQUIRE(board.done(Request::power_cycle));
    REQUIRE(board.run_until([&] { return board.high(relay); }, 3s));
    board.forget();
    board.brown_out();
    CHECK_FALSE(board.high(relay));
    board.begin();
    auto const greeting = board.hello(2);
    CHECK(greeting.reset == BoardReset::brown_out);
    CHECK(greeting.pc_start == PcStart::cut_requested);  // it was being cut
    CHECK(board.counter(Counter::brown_out) == 1);
    CHECK(board.counter(Counter::power_on) == 1);
    board.lose_power(fake::Fate::untouched);
    CHECK(board.hello(3).pc_start == PcStart::power_returned);
    CHECK(board.counter(Counter::power_on) == 2);
}

TEST_CASE("each contact and each voltage arrives at the PC", "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    struct Contact {
        fake::Pin pin;
        bool active;
        Input input;
    };
    for (auto const& [pin, active, input] :
         {Contact{door, true, Input::door_open}, Contact{tilt, true, Input::tilted},
          Contact{key, false, Input::key_turned}, Contact{headphones, false, Input::headphones}}) {
        auto const bit = static_cast<int>(input);
        board.drive(pin, active);
        board.forget();
        REQUIRE(board.run_until([&] { return board.notice(Notice::inputs).has_value(); }, 1s));
        CHECK(board.notice(Notice::inputs)->payload[0] ==
              (bit | static_cast<int>(Input::reader_power)));
        board.drive(pin, !active);
        board.forget();
        REQUIRE(board.run_until([&] { return board.notice(Notice::inputs).has_value(); }, 1s));
        CHECK((board.notice(Notice::inputs)->payload[0] & bit) == 0);
    }
    // A cut wire is an open door and a tilted board, and neither a key nor headphones.
    for (auto const pin : {door, tilt, key, headphones})
        board.release(pin);
    board.run_for(1s);
    CHECK((board.status().inputs & 0x1F) ==
          (static_cast<int>(Input::door_open) | static_cast<int>(Input::tilted)));

    auto const status = board.status();
    CHECK(std::abs(status.supply - 12'000) < 60);
    CHECK(std::abs(status.temperature - 250) <= 5);
    CHECK(std::abs(status.distance - 400) <= 5);
    board.set_millivolts(supply_channel, 2000);
    board.set_millivolts(temperature_channel, 1250);
    board.forget();
    REQUIRE(board.run_until(
        [&] {
            return (board.notice(Notice::out_of_range) &&
                    board.notice(Notice::out_of_range)->payload[0] == 3);
        },
        7s));
    CHECK(board.complaints().empty());
}

TEST_CASE("who comes near is seen in half a second, who leaves in three", "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    auto const seen = [&] {
        return (board.status().inputs & static_cast<int>(Input::presence)) != 0;
    };
    CHECK_FALSE(seen());
    board.set_millivolts(distance_channel, 1200);
    board.run_for(500ms);
    CHECK(seen());
    board.set_millivolts(distance_channel, 400);
    board.run_for(1500ms);
    CHECK(seen());
    board.run_for(1500ms);
    CHECK_FALSE(seen());
}

TEST_CASE("the reader's switch opens for two seconds and nothing else moves", "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    REQUIRE(board.done(Request::reader_cycle));
    auto const off = next_high(board, reader_switch, 1s);
    CHECK(off > 1900ms);
    CHECK(off < 2200ms);
    CHECK(board.low(relay));
}

TEST_CASE("the lights are what the PC asked for, and go out of service when it falls silent",
          "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    REQUIRE(board.done(Request::lights, {raw(SlotLight::steady), raw(StatusLight::free)}));
    REQUIRE(board.done(Request::backlight, {30}));
    REQUIRE(board.run_until([&] { return board.high(lamp_green); }, 1s));
    board.run_for(1ms);  // one pin after the other
    CHECK(board.low(lamp_red));
    for (auto const output :
         {fake::PwmOutput::oc0a_pb3, fake::PwmOutput::oc0b_pb4, fake::PwmOutput::oc2a_pd7}) {
        CHECK(board.pwm(output).running);
        CHECK(board.pwm(output).connected);
        CHECK(board.pwm(output).value == 60);
    }
    CHECK(board.pwm(fake::PwmOutput::oc2b_pd6).value == 76);
    REQUIRE(board.done(Request::backlight, {0}));
    REQUIRE(board.run_until([&] { return board.low(backlight); }, 100ms));  // dark, not bright
    REQUIRE(board.done(Request::backlight, {30}));
    // A dark colour is a pin at rest, not a short spike each period.
    REQUIRE(board.done(Request::lights, {raw(SlotLight::error), raw(StatusLight::help)}));
    REQUIRE(board.run_until([&] { return board.pwm(fake::PwmOutput::oc0a_pb3).value == 255; }, 3s));
    CHECK_FALSE(board.pwm(fake::PwmOutput::oc0b_pb4).connected);
    CHECK_FALSE(board.pwm(fake::PwmOutput::oc2a_pd7).connected);
    REQUIRE(board.run_until([&] { return board.high(lamp_amber); }, 2s));
    REQUIRE(board.run_until([&] { return board.low(lamp_amber); }, 2s));
    REQUIRE(board.run_until([&] { return board.high(lamp_red); }, 20s));
    board.run_for(1ms);
    CHECK_FALSE(board.pwm(fake::PwmOutput::oc0a_pb3).connected);
    CHECK(board.pwm(fake::PwmOutput::oc2b_pd6).value == 255);
}

TEST_CASE("after noise, and at the full speed of the line, every question is answered", "[board]") {
    BenchBoard board;
    board.begin();
    board.hello();
    std::mt19937 random{4};
    for (int i = 0; i < 50; ++i) {
        base::Bytes noise(random() % 120);
        for (auto& byte : noise)
            byte = static_cast<std::uint8_t>(random());
        noise.push_back(0);
        board.send(noise);
        REQUIRE(board.done(Request::beat));
    }
    CHECK(board.overruns() == 0);
    CHECK(board.status().refused > 0);
    CHECK(board.complaints().empty());
}
