// From the first write to the last judgement, on recordings made on this host.
#include "tests/catch.hpp"
#include "tests/image/power_cuts/host_machine.hpp"
#include "tests/image/power_cuts/judge.hpp"

#include <cstdlib>
#include <iostream>

using namespace power_cuts;
using spooler_test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

// Few: the long forms are run on recordings of the image.
constexpr std::size_t cuts = 12;
constexpr std::size_t control_cuts = 4;
constexpr std::uint64_t seed = 20260617;

bool can_record() {
    auto const why = why_no_host_machine();
    if (!why) return true;
    auto const* const ci = std::getenv("CI");
    if (ci != nullptr && std::string_view{ci} == "true" && ::geteuid() == 0) FAIL(*why);
    WARN("power cuts of recordings made here were not tried: " << *why);
    return false;
}

Tally judged(HostMachine const& machine, std::string const& name, std::size_t count,
             Flushes flushes = Flushes::honoured) {
    TemporaryFolder const scratch;
    auto judge = Judge::open(machine.folder(), SPOOLER_PROGRAM, scratch.path(), flushes);
    if (!judge) FAIL(base::describe(judge.error()));
    auto tally = judge->judge(name, count, seed);
    if (!tally) FAIL(base::describe(tally.error()));
    return *tally;
}

}  // namespace

TEST_CASE("no power cut during enrolments loses or doubles a request, on a disk that flushes",
          "[host_recording]") {
    if (!can_record()) return;
    HostMachine machine;
    machine.enrol(12);
    auto recording = machine.finish();
    auto const good = judged(machine, "enrolments", cuts);
    auto const control = judged(machine, "control: no flushes", control_cuts, Flushes::ignored);
    auto early = recording;
    for (auto& request : early.requests)
        request.acknowledged = 0;
    REQUIRE(early.write(machine.folder()));
    auto const promised = judged(machine, "control: told early", control_cuts);
    // Each cut comes after this one was there.
    recording.begin = recording.requests.front().acknowledged.value();
    recording.requests.erase(recording.requests.begin());
    REQUIRE(recording.write(machine.folder()));
    auto const unknown = judged(machine, "control: one not asked for", control_cuts);
    std::cout << table({good, control, promised, unknown});
    CHECK(good.failing == 0);
    CHECK(good.whole == good.cuts);
    CHECK(good.acknowledged > 30);
    CHECK(control.lost > 0);
    CHECK(promised.lost > 0);
    CHECK(unknown.doubled > 0);
}

TEST_CASE("after a power cut during an update one complete version boots, on a disk that flushes",
          "[host_recording]") {
    if (!can_record()) return;
    HostMachine machine;
    machine.update();
    auto recording = machine.finish();
    auto const good = judged(machine, "update", cuts);
    // When all is done, nothing may be lost any more.
    recording.begin = fs::file_size(Recording::log_in(machine.folder()));
    REQUIRE(recording.write(machine.folder()));
    auto const done = judged(machine, "updated", control_cuts);
    auto const control = judged(machine, "control: no flushes", cuts, Flushes::ignored);
    std::cout << table({good, done, control});
    CHECK(good.failing == 0);
    CHECK(good.booting == good.cuts);
    CHECK(done.failing == 0);
    CHECK(control.booting < control.cuts);
}
