#include "firmware/core/inputs.hpp"

#include "tests/catch.hpp"

using namespace supervisor;

namespace {

constexpr RawInputs quiet{false, false, false, false, 400, 12000, 250};

// A board that looks every 10 ms.
struct Watched {
    Inputs inputs;
    Time now;

    explicit Watched(Time start = 0) : now(start) { inputs.take(quiet, now); }
    // Bits that changed in this span.
    unsigned pass(Span span, RawInputs const& raw) {
        unsigned changed = 0;
        for (Span passed = 0; passed < span; passed += 10) {
            now += 10;
            inputs.take(raw, now);
            changed |= inputs.changed();
        }
        return changed;
    }
    bool has(Input input) const { return inputs.has(input); }
};

RawInputs with_distance(std::uint16_t millivolts) {
    auto raw = quiet;
    raw.distance = millivolts;
    return raw;
}

}  // namespace

TEST_CASE("a contact counts when it has stayed, however it trembled", "[inputs]") {
    Watched board;
    auto open = quiet;
    open.door_open = true;
    for (int i = 0; i < 100; ++i) {
        CHECK(board.pass(40, open) == 0);
        CHECK(board.pass(10, quiet) == 0);
    }
    CHECK(board.pass(60, open) == static_cast<unsigned>(Input::door_open));
    CHECK(board.has(Input::door_open));
    CHECK(board.pass(60, quiet) == static_cast<unsigned>(Input::door_open));
    CHECK_FALSE(board.has(Input::door_open));
}

TEST_CASE("a door that is open when the power comes is told at once", "[inputs]") {
    Inputs inputs;
    auto open = quiet;
    open.door_open = true;
    inputs.take(open, 0);
    CHECK(inputs.changed(Input::door_open));
}

TEST_CASE("who knocks against the cabinet has not tilted it", "[inputs]") {
    Watched board;
    auto tilted = quiet;
    tilted.tilted = true;
    CHECK(board.pass(250, tilted) == 0);
    CHECK(board.pass(250, quiet) == 0);
    CHECK(board.pass(350, tilted) == static_cast<unsigned>(Input::tilted));
}

TEST_CASE("who comes is seen soon, who turns away for a moment stays", "[inputs]") {
    Watched board;
    CHECK(board.pass(250, with_distance(900)) == 0);
    CHECK(board.pass(100, with_distance(900)) == static_cast<unsigned>(Input::presence));
    CHECK(board.pass(1900, with_distance(400)) == 0);
    CHECK(board.pass(500, with_distance(900)) == 0);
    CHECK(board.pass(60'000, with_distance(600)) == 0);  // between the bounds nothing changes
    CHECK(board.has(Input::presence));
    CHECK(board.pass(2100, with_distance(400)) == static_cast<unsigned>(Input::presence));
    CHECK_FALSE(board.has(Input::presence));
}

TEST_CASE("a sensor that is unplugged or shorted is told, not believed", "[inputs]") {
    for (std::uint16_t const millivolts : {std::uint16_t{0}, std::uint16_t{3500}}) {
        Watched board;
        board.pass(5000, with_distance(millivolts));
        CHECK(board.inputs.has(Problem::presence_sensor));
        board.pass(5000, with_distance(400));
        CHECK_FALSE(board.inputs.has(Problem::presence_sensor));
    }
    Watched good;
    good.pass(5000, with_distance(2500));
    CHECK_FALSE(good.inputs.has(Problem::presence_sensor));
}

TEST_CASE("a supply out of its range and a hot board are told, each with a way back", "[inputs]") {
    Watched board;
    auto low = quiet;
    low.supply = 10'700;
    board.pass(150, low);
    CHECK_FALSE(board.inputs.has(Problem::supply));  // a disk that starts
    board.pass(150, low);
    CHECK(board.inputs.has(Problem::supply));
    low.supply = 11'000;
    board.pass(5000, low);
    CHECK(board.inputs.has(Problem::supply));
    board.pass(1500, quiet);
    CHECK_FALSE(board.inputs.has(Problem::supply));
    auto high = quiet;
    high.supply = 13'500;
    board.pass(500, high);
    CHECK(board.inputs.has(Problem::supply));
    auto hot = quiet;
    hot.temperature = 701;
    board.pass(6000, hot);
    CHECK(board.inputs.has(Problem::heat));
    CHECK_FALSE(board.inputs.has(Problem::supply));
    hot.temperature = 690;
    board.pass(60'000, hot);
    CHECK(board.inputs.has(Problem::heat));
    board.pass(6000, quiet);
    CHECK(board.inputs.problems() == 0);
}

TEST_CASE("the wrap of time is seen by no input", "[inputs]") {
    for (Span before = 0; before < 2500; before += 10) {
        Watched board{static_cast<Time>(0 - before)};
        REQUIRE(board.pass(310, with_distance(900)) == static_cast<unsigned>(Input::presence));
        REQUIRE(board.pass(1990, with_distance(400)) == 0);
        REQUIRE(board.pass(30, with_distance(400)) == static_cast<unsigned>(Input::presence));
    }
}
