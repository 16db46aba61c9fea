#include "tests/image/machine/serial_log.hpp"

#include "tests/catch.hpp"

#include <fstream>
#include <thread>

using namespace machine;
using namespace std::chrono_literals;

namespace {

struct Log {
    std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("serial-" + std::to_string(::getpid()));
    SerialLog log{file};
    Log() { std::filesystem::remove(file); }
    ~Log() { std::filesystem::remove(file); }
    void write(std::string_view text) { std::ofstream{file, std::ios::app} << text; }
};

}  // namespace

TEST_CASE("words are found once, in the order they came", "[serial]") {
    Log machine;
    machine.write("one\ntwo\none\n");
    CHECK(machine.log.wait_for("one", 0ms));
    CHECK(machine.log.wait_for("two", 0ms));
    CHECK(machine.log.wait_for("one", 0ms));
    CHECK(machine.log.wait_for("one", 0ms).error().code == base::Errc::timed_out);
    machine.log.pass_over();
    CHECK_FALSE(machine.log.wait_for("two", 0ms));
}

TEST_CASE("words are waited for, colours and all", "[serial]") {
    Log machine;
    std::jthread const writer{[&] {
        std::this_thread::sleep_for(150ms);
        machine.write("[\x1b[0;32m  OK  \x1b[0m] Reached\r\n");
    }};
    CHECK(machine.log.wait_for("[  OK  ] Reached", 10s));
}

TEST_CASE("a machine that says it is lost is not waited for", "[serial]") {
    Log machine;
    machine.write("booting\nKernel panic - not syncing: dm-verity\n");
    auto const begun = std::chrono::steady_clock::now();
    auto const result = machine.log.wait_for("login", 10s);
    CHECK(std::chrono::steady_clock::now() - begun < 5s);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == base::Errc::refused);
    CHECK(result.error().detail.find("Kernel panic") != std::string::npos);
    // Unless that is what was to be seen, or it came before.
    CHECK(machine.log.wait_for("Kernel panic", 0ms));
    machine.write("login\n");
    CHECK(machine.log.wait_for("login", 0ms));
}

TEST_CASE("a machine that is off is not waited for, and its last words count", "[serial]") {
    Log machine;
    machine.write("bye\n");
    CHECK(machine.log.wait_for("bye", 10s, [] { return false; }));
    auto const result = machine.log.wait_for("more", 10s, [] { return false; });
    CHECK(result.error().code == base::Errc::refused);
}

TEST_CASE("the last lines of a log are its last lines", "[serial]") {
    Log machine;
    CHECK(machine.log.last_lines(2).empty());
    machine.write("a\nb\nc\n");
    CHECK(machine.log.last_lines(2) == "b\nc\n");
    CHECK(machine.log.last_lines(9) == "a\nb\nc\n");
}
