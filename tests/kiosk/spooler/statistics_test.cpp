#include "kiosk/spooler/statistics.hpp"

#include "kiosk/spooler/protocol.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <random>

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the site sees every number", "[statistics]") {
    auto const shown = cells({0, 3, 12}, Readers::site);
    CHECK(shown.parts == std::vector<std::string>{"0", "3", "12"});
    CHECK(shown.total == "15");
}

TEST_CASE("others see no number from one to four", "[statistics]") {
    auto const shown = cells({0, 3, 4, 12}, Readers::others);
    CHECK(shown.parts == std::vector<std::string>{"0", "<5", "<5", "12"});
    CHECK(shown.total == "19");
}

TEST_CASE("a hidden number that stands alone cannot be computed from the others", "[statistics]") {
    auto const shown = cells({20, 3, 12, 0}, Readers::others);
    CHECK(shown.parts == std::vector<std::string>{"20", "<5", "-", "0"});
    CHECK(shown.total == "-");
    CHECK(cells({2, 0, 0}, Readers::others).total == "<5");
}

TEST_CASE("whatever the day was like, nothing small is shown to others or follows",
          "[statistics]") {
    std::mt19937 random{5};
    for (int day = 0; day < 2000; ++day) {
        std::vector<std::int64_t> parts(8);
        for (auto& part : parts)
            part = static_cast<std::int64_t>(random() % (random() % 2 == 0 ? 3 : 40));
        auto const shown = cells(parts, Readers::others);
        std::int64_t hidden = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            bool const small = parts[i] > 0 && parts[i] < 5;
            bool const told = shown.parts[i] == std::to_string(parts[i]);
            CHECK_FALSE((small && told));
            hidden += told ? 0 : 1;
        }
        // One unknown and a known total are an equation that anybody solves.
        CHECK((hidden != 1 || shown.total == "<5" || shown.total == "-"));
    }
}

TEST_CASE("staff read the last days as a table, and only staff", "[statistics]") {
    TestClock clock;
    TemporaryFolder folder;
    auto const settings =
        Settings::read(write_configuration(folder.path(), "https://intake.example.org"));
    REQUIRE(settings);
    auto spooler = Spooler::open(*settings, clock, [] { return 0.5; });
    REQUIRE(spooler);
    REQUIRE(spooler->open_day("A1"));
    for (int i = 0; i < 6; ++i)
        REQUIRE(spooler->session_ended(spooler->session_started(::getpid()).value(),
                                       i < 4 ? Outcome::recorded : Outcome::refused));
    auto const staff = base::Peer{::geteuid(), 0, ::getpid()};
    auto const answer = reply_to(*spooler, ledger_line(2), staff).line;
    auto const table = ledger_table(answer, Readers::site);
    REQUIRE(table);
    CHECK(contains(*table, "2026-06-16        0"));
    CHECK(contains(*table, "2026-06-17        6                4                2"));
    auto const for_others = ledger_table(answer, Readers::others);
    CHECK(contains(*for_others, "2026-06-17        6               <5               <5"));
    auto const stranger = base::Peer{12345, 0, ::getpid()};
    CHECK(contains(reply_to(*spooler, ledger_line(2), stranger).line, "\"refused\""));
    CHECK(contains(reply_to(*spooler, R"({"do":"ledger","days":0})", staff).line, "bad_request"));
    CHECK(contains(reply_to(*spooler, R"({"do":"ledger","days":1e9})", staff).line, "bad_request"));
}
