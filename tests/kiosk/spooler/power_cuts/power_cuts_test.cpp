#include "tests/catch.hpp"
#include "tests/kiosk/spooler/power_cuts/acts.hpp"

#include <cerrno>
#include <cstdio>

using namespace power_cuts;

namespace {

void require_clean(Findings const& findings) {
    CHECK(findings.lost == 0);
    CHECK(findings.doubled == 0);
    CHECK(findings.unopened == 0);
}

}  // namespace

TEST_CASE("power cuts at each change of each act lose, double and damage nothing", "[power_cuts]") {
    std::int64_t cuts = 0;
    for (auto const& act : acts())
        for (unsigned seed = 1; seed <= 12; ++seed) {
            INFO(act.name << ", seed " << seed);
            auto const findings = cut_at_each_change(act, seed * 1000);
            CHECK(findings.cuts >= 2);
            require_clean(findings);
            cuts += findings.cuts;
        }
    CHECK(cuts > 3500);
}

TEST_CASE("power cuts in everyday work lose nothing, double nothing and damage nothing",
          "[power_cuts]") {
    auto const findings = cut_everyday_work(8000, 1);
    CHECK(findings.cuts == 8000);
    CHECK(findings.acknowledged > 35000);
    require_clean(findings);
}

TEST_CASE("control: without a sync for each commit power cuts lose requests", "[power_cuts]") {
    auto const findings = cut_everyday_work(200, 1, Life::Safety::synchronous_normal);
    CHECK(findings.lost > 300);
    CHECK(findings.unopened == 0);
}

TEST_CASE("control: on a disk that lies about syncs nothing helps", "[power_cuts]") {
    auto const findings = cut_everyday_work(200, 1, Life::Safety::as_shipped, true);
    CHECK_FALSE(findings.clean());
}

TEST_CASE("a change that fails, or a disk that is full from then on, loses and doubles nothing",
          "[power_cuts]") {
    std::int64_t failures = 0;
    for (auto const& act : acts())
        for (int const error : {EIO, ENOSPC})
            for (bool const goes_on : {false, true}) {
                INFO(act.name << ", error " << error << (goes_on ? ", for good" : ", once"));
                auto const findings = fail_at_each_change(act, error, goes_on, 77);
                CHECK(findings.cuts >= 2);
                require_clean(findings);
                failures += findings.cuts;
            }
    CHECK(failures > 1000);
}

// The long form, printed as a table: ./tests/bench/run --only powercuts
TEST_CASE("100,000 power cuts", "[.powercuts_bench]") {
    std::printf("%-44s %9s %12s %6s %8s %9s\n", "fault", "injected", "acknowledged", "lost",
                "doubled", "unopened");
    auto const print = [](std::string const& fault, Findings const& findings) {
        std::printf("%-44s %9lld %12lld %6lld %8lld %9lld\n", fault.c_str(),
                    static_cast<long long>(findings.cuts),
                    static_cast<long long>(findings.acknowledged),
                    static_cast<long long>(findings.lost), static_cast<long long>(findings.doubled),
                    static_cast<long long>(findings.unopened));
        std::fflush(stdout);
    };
    std::int64_t cuts = 0;
    for (auto const& act : acts()) {
        Findings all;
        for (unsigned seed = 1; all.cuts < 2000; ++seed)
            all += cut_at_each_change(act, seed);
        print("power cut: " + std::string{act.name}, all);
        require_clean(all);
        cuts += all.cuts;
    }
    auto const everyday = cut_everyday_work(100000 - cuts, 1);
    print("power cut: everyday work", everyday);
    require_clean(everyday);
    for (int const error : {EIO, ENOSPC})
        for (bool const goes_on : {false, true}) {
            Findings all;
            for (auto const& act : acts())
                all += fail_at_each_change(act, error, goes_on, 5);
            print(std::string{error == EIO ? "EIO" : "disk full"} +
                      (goes_on ? " from one change on" : " at one change"),
                  all);
            require_clean(all);
        }
    print("control: synchronous=NORMAL",
          cut_everyday_work(2000, 1, Life::Safety::synchronous_normal));
    print("control: a disk that lies about syncs",
          cut_everyday_work(2000, 1, Life::Safety::as_shipped, true));
}
