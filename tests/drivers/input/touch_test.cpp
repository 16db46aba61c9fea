#include "drivers/input/touch.hpp"

#include "tests/catch.hpp"

#include <limits>

using input::Finger;
using input::Phase;
using input::Touch;

namespace {

constexpr input::TouchShape many{{0, 1000}, {100, 300}, true};
constexpr input::TouchShape single{{0, 1000}, {100, 300}, false};

// A device that reports.
struct Device {
    Touch touch;
    std::vector<Finger> fingers;

    explicit Device(input::TouchShape shape) : touch(shape) {}

    void says(std::uint16_t type, std::uint16_t code, std::int32_t value) {
        touch.take({{}, type, code, value}, fingers);
    }
    void axis(std::uint16_t code, std::int32_t value) { says(EV_ABS, code, value); }
    void report() { says(EV_SYN, SYN_REPORT, 0); }

    void slot(int number, int tracking_id, int x, int y) {
        axis(ABS_MT_SLOT, number);
        axis(ABS_MT_TRACKING_ID, tracking_id);
        if (tracking_id < 0) return;
        axis(ABS_MT_POSITION_X, x);
        axis(ABS_MT_POSITION_Y, y);
    }
    std::vector<Finger> taken() { return std::exchange(fingers, {}); }
};

}  // namespace

TEST_CASE("a finger comes down, moves and is lifted where it was last") {
    Device device{many};
    device.slot(0, 7, 250, 200);
    CHECK(device.taken().empty());  // not before the report is complete
    device.report();
    auto const down = device.taken();
    REQUIRE(down.size() == 1);
    CHECK(down[0].phase == Phase::down);
    CHECK(down[0].x == 0.25F);
    CHECK(down[0].y == 0.5F);
    device.axis(ABS_MT_POSITION_X, 500);
    device.report();
    auto const moved = device.taken();
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].phase == Phase::move);
    CHECK(moved[0].number == down[0].number);
    CHECK(moved[0].x == 0.5F);
    device.axis(ABS_MT_TRACKING_ID, -1);
    device.report();
    auto const up = device.taken();
    REQUIRE(up.size() == 1);
    CHECK(up[0].phase == Phase::up);
    CHECK(up[0].number == down[0].number);
    CHECK(up[0].x == 0.5F);
    device.report();
    CHECK(device.taken().empty());
}

TEST_CASE("two fingers have two numbers, and each touch another one") {
    Device device{many};
    device.slot(0, 7, 0, 100);
    device.slot(1, 8, 1000, 300);
    device.report();
    auto const both = device.taken();
    REQUIRE(both.size() == 2);
    CHECK(both[0].number != both[1].number);
    device.slot(0, -1, 0, 0);
    device.report();
    device.slot(0, 7, 0, 100);
    device.report();
    auto const again = device.taken();
    REQUIRE(again.size() == 2);
    CHECK(again[0].phase == Phase::up);
    CHECK(again[1].phase == Phase::down);
    CHECK(again[1].number != again[0].number);
}

TEST_CASE("a finger that takes another one's slot in one report did not lift it") {
    Device device{many};
    device.slot(0, 7, 0, 100);
    device.report();
    auto const first = device.taken().at(0).number;
    device.slot(0, 8, 500, 200);
    device.report();
    auto const then = device.taken();
    REQUIRE(then.size() == 2);
    CHECK(then[0].phase == Phase::lost);
    CHECK(then[0].number == first);
    CHECK(then[1].phase == Phase::down);
}

TEST_CASE("a panel of one finger, and the pointer of a virtual machine, touch with their button") {
    for (auto const button : {std::uint16_t{BTN_TOUCH}, std::uint16_t{BTN_LEFT}}) {
        Device device{single};
        device.axis(ABS_X, 100);
        device.axis(ABS_Y, 300);
        device.report();
        CHECK(device.taken().empty());  // it hovers
        device.says(EV_KEY, button, 1);
        device.report();
        device.says(EV_KEY, button, 0);
        device.report();
        auto const tap = device.taken();
        REQUIRE(tap.size() == 2);
        CHECK(tap[0].phase == Phase::down);
        CHECK(tap[0].x == 0.1F);
        CHECK(tap[0].y == 1.0F);
        CHECK(tap[1].phase == Phase::up);
    }
    Device device{single};
    device.says(EV_KEY, BTN_RIGHT, 1);
    device.report();
    CHECK(device.taken().empty());
}

TEST_CASE("a panel that knows many fingers does not report one of them twice") {
    Device device{many};
    device.slot(0, 7, 250, 200);
    device.axis(ABS_X, 250);
    device.axis(ABS_Y, 200);
    device.says(EV_KEY, BTN_TOUCH, 1);
    device.report();
    CHECK(device.taken().size() == 1);
}

TEST_CASE("after lost reports nobody knows where a finger was lifted") {
    Device device{many};
    device.slot(3, 7, 250, 200);
    device.report();
    auto const number = device.taken().at(0).number;
    device.says(EV_SYN, SYN_DROPPED, 0);
    auto const lost = device.taken();
    REQUIRE(lost.size() == 1);
    CHECK(lost[0].phase == Phase::lost);
    CHECK(lost[0].number == number);
    // The rest of the broken report is no touch.
    CHECK(device.touch.dropping());
    device.slot(0, 8, 500, 200);
    device.report();
    CHECK_FALSE(device.touch.dropping());
    CHECK(device.taken().empty());
    // The old finger still moves, but is not one any more; a new one is.
    device.touch.select_slot(3);
    device.axis(ABS_MT_POSITION_X, 300);
    device.report();
    CHECK(device.taken().empty());
    device.slot(3, 9, 500, 200);
    device.report();
    CHECK(device.taken().size() == 1);
}

TEST_CASE("whatever a device reports, places are on the panel and slots are bounded") {
    Device device{many};
    device.slot(std::numeric_limits<int>::max(), 7, -5000, std::numeric_limits<int>::max());
    device.report();
    device.slot(std::numeric_limits<int>::min(), 8, std::numeric_limits<int>::min(), 0);
    device.report();
    auto const fingers = device.taken();
    REQUIRE(fingers.size() == 2);
    for (auto const& finger : fingers) {
        CHECK((finger.x >= 0 && finger.x <= 1));
        CHECK((finger.y >= 0 && finger.y <= 1));
    }
    Device flat{{{5, 5}, {7, -7}, true}};
    flat.slot(0, 7, 5, 7);
    flat.report();
    CHECK(flat.taken().at(0).x == 0);
}
