#include "tests/system/fixture.hpp"

#include <filesystem>
#include <sstream>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// How many sockets of these families the trace saw.
int sockets(fs::path const& trace, std::initializer_list<std::string_view> families) {
    std::istringstream lines{content_of(trace)};
    int count = 0;
    for (std::string line; std::getline(lines, line);)
        for (auto const family : families)
            if (line.find("socket(" + std::string{family}) != std::string::npos) ++count;
    return count;
}

}  // namespace

TEST_CASE("dmp-kiosk opens no network socket from its start to the end of an enrolment") {
    auto with_trace = options();
    with_trace.kiosk_under = {"strace", "-f", "-qq", "-e", "trace=socket", "-o"};
    auto desk = must(desk::Desk::start(with_trace));
    walk_to(*desk, "recorded");
    must(desk->robot().order(json{{"do", "quit"}}));
    static_cast<void>(desk->kiosk().wait(10s));
    auto const trace = desk->file("kiosk.trace");
    CHECK(sockets(trace, {"AF_UNIX"}) > 0);  // the trace sees sockets
    CHECK(sockets(trace, {"AF_INET", "AF_INET6", "AF_PACKET"}) == 0);
}

TEST_CASE("the packaged dmp-kiosk knows neither the robot's option nor its words") {
    fs::path const with_robot = fs::path{PROGRAM_DIR} / "dmp-kiosk";
    fs::path const packaged{PACKAGED_KIOSK};
    auto const run = [&](fs::path const& program, fs::path const& log) {
        auto process = must(
            base::Process::start({{program, "--robot", "/nowhere", "--config", "/nowhere"}, {}, log}));
        return must(process.wait(10s));
    };
    auto desk = must(desk::Desk::prepare(options()));
    CHECK(run(packaged, desk->file("without.log")) != 0);
    CHECK(holds(desk->file("without.log"), "--robot"));
    CHECK_FALSE(holds(packaged, "bad_request"));
    // The negative control: the development build has both.
    CHECK(run(with_robot, desk->file("with.log")) != 0);
    CHECK_FALSE(holds(desk->file("with.log"), "--robot"));
    CHECK(holds(with_robot, "bad_request"));
}
