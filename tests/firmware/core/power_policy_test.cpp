#include "firmware/core/power_policy.hpp"

#include "tests/catch.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace supervisor;
using Order = PowerPolicy::Order;
using State = PowerState;

namespace {

constexpr Span turn = 100;
constexpr Span second = 1000;
constexpr Span hour = 3600 * second;

// A board that obeys at once: what it was ordered, with the milliseconds from its start.
struct Board {
    explicit Board(Time at = 0) : start(at), now(at) {}

    Time start;
    Time now;
    PowerPolicy policy;
    bool powered = true;
    std::vector<std::pair<Span, Order>> orders = {};

    void obey(Order order) {
        if (order == Order::nothing) return;
        orders.emplace_back(static_cast<Span>(now - start), order);
        if (order == Order::cut_power) powered = false;
        if (order == Order::give_power) powered = true;
        if (order == Order::save_cut) obey(policy.saved(now));
    }
    void pass(Span span) {
        for (Span passed = 0; passed < span; passed += turn) {
            now = static_cast<Time>(now + turn);
            obey(policy.step(now));
        }
    }
    int count(Order wanted) const {
        int found = 0;
        for (auto const& [when, order] : orders)
            found += order == wanted ? 1 : 0;
        return found;
    }
};

// A kiosk that hangs at each start, from its arming to what becomes of it.
std::vector<std::pair<Span, Order>> hang_from(Time start) {
    Board board{start};
    board.policy.arm(board.now);
    board.pass(hour);
    return board.orders;
}

}  // namespace

TEST_CASE("a PC that falls silent is asked first, then cut for five seconds", "[power_policy]") {
    Board board;
    board.policy.arm(board.now);
    board.pass(60 * second);
    using Orders = std::vector<std::pair<Span, Order>>;
    CHECK(board.orders == Orders{{30 * second, Order::ask_for_restart},
                                 {50 * second, Order::save_cut},
                                 {50 * second, Order::cut_power},
                                 {55 * second, Order::give_power}});
    CHECK(board.policy.state() == State::booting);
    board.policy.arm(board.now);
    CHECK(board.policy.state() == State::watched);
}

TEST_CASE("a beat in the last moment keeps the power, also after the question", "[power_policy]") {
    Board board;
    board.policy.arm(board.now);
    for (int i = 0; i < 100; ++i) {
        board.pass(30 * second - turn);
        board.policy.beat(board.now);
    }
    CHECK(board.orders.empty());
    board.pass(30 * second);
    CHECK(board.policy.state() == State::asked);
    board.pass(20 * second - turn);
    board.policy.beat(board.now);
    CHECK(board.policy.state() == State::watched);
    CHECK(board.count(Order::cut_power) == 0);
}

TEST_CASE("who never armed, or disarmed, may be silent for ever", "[power_policy]") {
    Board board;
    board.policy.beat(board.now);
    board.pass(2 * hour);
    CHECK(board.policy.state() == State::unwatched);
    board.policy.arm(board.now);
    board.policy.disarm();
    board.pass(2 * hour);
    CHECK(board.orders.empty());
}

TEST_CASE("a PC that does not come back is cut again, three times in an hour, then left on",
          "[power_policy]") {
    Board board;
    board.policy.arm(board.now);
    board.pass(hour);
    CHECK(board.count(Order::cut_power) == 3);
    CHECK(board.count(Order::tell_fault) == 1);
    CHECK(board.policy.state() == State::fault);
    CHECK(board.powered);
    // Nothing wakes it but staff.
    board.policy.arm(board.now);
    board.policy.ask_cycle();
    board.pass(3 * hour);
    CHECK(board.policy.state() == State::fault);
    board.policy.clear_fault();
    board.policy.arm(board.now);
    board.pass(60 * second);
    CHECK(board.count(Order::cut_power) == 4);
}

TEST_CASE("cuts of an hour ago no longer count", "[power_policy]") {
    Board board;
    for (int i = 0; i < 12; ++i) {
        board.policy.ask_cycle();
        board.pass(20 * 60 * second);
    }
    CHECK(board.count(Order::cut_power) == 12);
    CHECK(board.count(Order::tell_fault) == 0);
}

TEST_CASE("who was not watched before a cut is not watched after it", "[power_policy]") {
    Board board;
    board.policy.ask_cycle();
    board.pass(2 * hour);
    CHECK(board.policy.state() == State::unwatched);
    CHECK(board.count(Order::cut_power) == 1);
}

TEST_CASE("a cycle that is asked for is saved and cut at once", "[power_policy]") {
    Board board;
    board.policy.ask_cycle();
    board.pass(turn);
    CHECK_FALSE(board.powered);
    board.policy.ask_cycle();  // is under way
    board.pass(5 * second);
    CHECK(board.powered);
    board.pass(60 * second);
    CHECK(board.count(Order::cut_power) == 1);
}

TEST_CASE("without its counter saved no power is cut", "[power_policy]") {
    PowerPolicy policy;
    policy.ask_cycle();
    CHECK(policy.step(0) == Order::save_cut);
    for (Time now = 0; now < hour; now += turn)
        REQUIRE(policy.step(now) == Order::nothing);
    CHECK(policy.saved(hour) == Order::cut_power);
    CHECK(policy.saved(hour) == Order::nothing);
}

TEST_CASE("the wrap of time changes nothing", "[power_policy]") {
    auto const plain = hang_from(0);
    CHECK(plain.size() == 11);  // one question, three cuts of three orders, the fault
    for (Span before = 0; before < hour; before += 7 * second)
        REQUIRE(hang_from(static_cast<Time>(0 - before)) == plain);
}

TEST_CASE("whatever happens, a cut is saved before, lasts five seconds, and an hour has three",
          "[power_policy]") {
    std::mt19937 random{5};
    for (int life = 0; life < 50; ++life) {
        Board board{static_cast<Time>(random())};
        for (int i = 0; i < 3000; ++i) {
            switch (random() % 8) {
            case 0: board.policy.arm(board.now); break;
            case 1: board.policy.disarm(); break;
            case 2: board.policy.ask_cycle(); break;
            case 3: board.policy.clear_fault(); break;
            default: board.policy.beat(board.now); break;
            }
            board.pass(static_cast<Span>(random() % 60) * second + turn);
        }
        std::vector<Span> cuts;
        for (std::size_t i = 0; i < board.orders.size(); ++i) {
            auto const [when, order] = board.orders[i];
            if (order == Order::tell_fault) cuts.clear();  // staff may have begun anew
            if (order != Order::cut_power) continue;
            REQUIRE(board.orders[i - 1] == std::pair{when, Order::save_cut});
            if (i + 1 < board.orders.size())
                REQUIRE(board.orders[i + 1] == std::pair{when + 5 * second, Order::give_power});
            cuts.push_back(when);
            if (cuts.size() > 3) REQUIRE(when - cuts[cuts.size() - 4] >= hour);
        }
    }
}
