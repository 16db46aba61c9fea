#include "drivers/base/process.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

using base::Errc;
using base::Process;
using namespace std::chrono_literals;

namespace {

std::string content(std::filesystem::path const& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

template <class Condition>
bool within_five_seconds(Condition condition) {
    auto const deadline = std::chrono::steady_clock::now() + 5s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

bool exists(pid_t pid) { return ::kill(pid, 0) == 0; }

}  // namespace

TEST_CASE("a program's exit code is known, again and again", "[process]") {
    auto process = Process::start({.arguments = {"sh", "-c", "exit 7"}}).value();
    CHECK(process.wait(5s).value() == 7);
    CHECK(process.wait(0ms).value() == 7);
    CHECK_FALSE(process.running());
}

TEST_CASE("a program that cannot be executed is an error at its start", "[process]") {
    auto const started = Process::start({.arguments = {"no-such-program-anywhere"}});
    REQUIRE_FALSE(started);
    CHECK(started.error().detail == "no-such-program-anywhere: No such file or directory");
    CHECK_FALSE(Process::start({}));
    CHECK_FALSE(Process::start({.arguments = {"true"}, .output = "/no/such/folder/file"}));
}

TEST_CASE("what a program prints goes into a pipe", "[process]") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    auto process = Process::start({.arguments = {"sh", "-c", "printf out; printf err >&2"},
                                   .output_descriptor = ends[1]})
                       .value();
    ::close(ends[1]);
    REQUIRE(process.wait(5s).value() == 0);
    char said[16];
    CHECK(::read(ends[0], said, sizeof(said)) == 6);
    CHECK(std::string(said, 6) == "outerr");
    CHECK(::read(ends[0], said, sizeof(said)) == 0);  // nobody else holds the other end
    ::close(ends[0]);
}

TEST_CASE("what a program prints goes to its file, after what is there", "[process]") {
    TemporaryFolder const folder;
    std::ofstream{folder / "log"} << "before\n";
    auto process = Process::start({.arguments = {"sh", "-c", "echo out; echo err >&2"},
                                   .output = folder / "log"})
                       .value();
    CHECK(process.wait(5s).value() == 0);
    CHECK(content(folder / "log") == "before\nout\nerr\n");
}

TEST_CASE("variables are added to ours or take their place", "[process]") {
    TemporaryFolder const folder;
    ::setenv("KEPT", "kept", 1);
    ::setenv("CHANGED", "old", 1);
    auto process = Process::start({.arguments = {"sh", "-c", "echo $KEPT $CHANGED $ADDED"},
                                   .environment = {{"CHANGED", "new"}, {"ADDED", "added"}},
                                   .output = folder / "log"})
                       .value();
    CHECK(process.wait(5s).value() == 0);
    CHECK(content(folder / "log") == "kept new added\n");
}

TEST_CASE("a running program is known to run, and a signal ends it", "[process]") {
    auto process = Process::start({.arguments = {"sleep", "60"}}).value();
    CHECK(process.running());
    CHECK(process.wait(10ms).error().code == Errc::timed_out);
    process.signal(SIGTERM);
    CHECK(process.wait(5s).value() == 128 + SIGTERM);
}

TEST_CASE("a program ends with its owner, also when it is stopped", "[process]") {
    pid_t pid = -1;
    {
        auto const process = Process::start({.arguments = {"sleep", "60"}}).value();
        pid = process.pid();
        CHECK(exists(pid));
        process.signal(SIGSTOP);
    }
    CHECK_FALSE(exists(pid));
}

TEST_CASE("a moved process has one owner", "[process]") {
    auto first = Process::start({.arguments = {"sleep", "60"}}).value();
    auto const pid = first.pid();
    {
        auto second = std::move(first);
        CHECK(second.running());
        CHECK(second.pid() == pid);
    }
    CHECK_FALSE(exists(pid));
    auto third = Process::start({.arguments = {"sleep", "60"}}).value();
    auto const replaced = third.pid();
    third = Process::start({.arguments = {"sleep", "60"}}).value();
    CHECK(within_five_seconds([&] { return !exists(replaced); }));
    CHECK(third.running());
}

TEST_CASE("a signal that arrives while waiting does not end the wait", "[process]") {
    struct sigaction ignore {};
    struct sigaction before {};
    ignore.sa_handler = [](int) {};
    REQUIRE(::sigaction(SIGALRM, &ignore, &before) == 0);
    auto process = Process::start({.arguments = {"sleep", "0.3"}}).value();
    itimerval const often{{0, 20'000}, {0, 20'000}};
    itimerval const never{};
    ::setitimer(ITIMER_REAL, &often, nullptr);
    auto const ended = process.wait(5s);
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    REQUIRE(ended);
    CHECK(*ended == 0);
}

TEST_CASE("a program dies with its owner even when that one is killed", "[process]") {
    TemporaryFolder const folder;
    // A child of ours starts a grandchild by the same means, tells its number, and is killed.
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto const process = Process::start({.arguments = {"sleep", "60"}});
        auto const pid = process ? process->pid() : -1;
        if (::write(ends[1], &pid, sizeof(pid)) != sizeof(pid)) ::_exit(1);
        ::pause();
        ::_exit(0);
    }
    pid_t grandchild = -1;
    REQUIRE(::read(ends[0], &grandchild, sizeof(grandchild)) == sizeof(grandchild));
    REQUIRE(grandchild > 0);
    CHECK(exists(grandchild));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    // Nobody of ours reaps it: a zombie counts as dead.
    auto const dead = [&] {
        auto const state = content("/proc/" + std::to_string(grandchild) + "/stat");
        return state.empty() || state.find(") Z") != std::string::npos;
    };
    CHECK(within_five_seconds(dead));
    ::close(ends[0]);
    ::close(ends[1]);
}
