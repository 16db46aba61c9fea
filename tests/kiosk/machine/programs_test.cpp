#include "kiosk/machine/programs.hpp"

#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <thread>

#include <sys/eventfd.h>

using base::Errc;
using machine::Programs;
using namespace std::chrono_literals;

namespace {

struct Stopped {
    base::Descriptor stop{::eventfd(0, EFD_CLOEXEC)};
    Programs programs{stop.number()};
};

}  // namespace

TEST_CASE("what a program says is heard line by line, harmless", "[machine]") {
    Stopped here;
    std::vector<std::string> lines;
    auto const code =
        here.programs.run({"sh", "-c", R"(printf 'one\ntw\033o\r\n\nthree' >&2; exit 3)"}, 10s,
                          [&](auto line) { lines.emplace_back(line); });
    CHECK(code.value() == 3);
    CHECK(lines == std::vector<std::string>{"one", "tw?o", "three"});
}

TEST_CASE("a program that fails is known by the last it said", "[machine]") {
    Stopped const here;
    CHECK(here.programs.succeed({"sh", "-c", "echo a; echo b; exit 1"}, 10s).error().detail ==
          "sh: b");
    CHECK(here.programs.succeed({"false"}, 10s).error().detail == "false: ended with code 1");
    CHECK_FALSE(here.programs.run({"/no/such/program"}, 10s, {}));
    CHECK(here.programs.output({"echo", "-n", "whole"}, 10s).value() == "whole\n");
}

TEST_CASE("a program that does not end is ended", "[machine]") {
    Stopped const here;
    auto const late = here.programs.run({"sh", "-c", "exec sleep 60"}, 0s, {});
    CHECK(late.error().code == Errc::timed_out);
    // Nor one that closed what it says.
    auto const mute = here.programs.run({"sh", "-c", "exec sleep 60 >&- 2>&-"}, 1s, {});
    CHECK(mute.error().code == Errc::timed_out);
}

TEST_CASE("told to end, it ends the program it runs and starts no other", "[machine]") {
    Stopped const here;
    std::thread stopper;
    auto const cut = here.programs.run({"sh", "-c", "echo on; exec sleep 60"}, 60s,
                                       [&](auto) { ::eventfd_write(here.stop.number(), 1); });
    CHECK(cut.error().code == Errc::refused);
    CHECK(here.programs.run({"sh", "-c", "exec sleep 60"}, 60s, {}).error().code == Errc::refused);
}
