#include "drivers/simulator/fault.hpp"

#include "tests/catch.hpp"

using namespace simulator;

namespace {

// How each of the next six commands fares: x struck, . well.
std::string six(FaultPlan& plan) {
    std::string marks;
    for (int i = 0; i < 6; ++i)
        marks += plan.strike() ? 'x' : '.';
    return marks;
}

}  // namespace

TEST_CASE("a fault strikes the commands it was ordered for", "[simulator][fault]") {
    FaultPlan plan;
    CHECK(six(plan) == "......");
    plan.order(Fault{.after_apdus = 2});
    CHECK(six(plan) == "..x...");
    plan.order(Fault{.after_apdus = 1, .times = 3});
    CHECK(six(plan) == ".xxx..");
    plan.order(Fault{.times = 0});
    CHECK(six(plan) == "xxxxxx");
    plan.order(std::nullopt);
    CHECK(six(plan) == "......");
}

TEST_CASE("planned faults follow each other, each counting from the end of the one before",
          "[simulator][fault]") {
    FaultPlan plan{{{.after_apdus = 1}, {.after_apdus = 2, .times = 2}}};
    CHECK(six(plan) == ".x..xx");
    CHECK(six(plan) == "......");
    FaultPlan replaced{{{.times = 0}}};
    replaced.order(Fault{.after_apdus = 3});
    CHECK(six(replaced) == "...x..");
}

TEST_CASE("every kind of fault has a name", "[simulator][fault]") {
    for (auto const* name : {"remove", "status", "delay", "silence", "garbage", "truncate"})
        CHECK(fault_kind(name));
    CHECK_FALSE(fault_kind("none"));
}

TEST_CASE("noise changes every byte but the status word", "[simulator][fault]") {
    base::Bytes const answer{1, 2, 3, 4, 5, 0x90, 0x00};
    auto const noise = garbled(answer);
    REQUIRE(noise.size() == answer.size());
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(noise[i] != answer[i]);
    CHECK(noise[5] == 0x90);
    CHECK(noise[6] == 0x00);
    CHECK(garbled({0x6A, 0x82}) == base::Bytes{0x6A, 0x82});
}
