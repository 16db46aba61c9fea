#include "tests/kiosk/slots/cutter.hpp"

#include "tests/catch.hpp"

#include <csignal>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace slots_tests {
namespace {

constexpr int at_a_call = SIGTRAP | 0x80;  // by PTRACE_O_TRACESYSGOOD

int next_stop(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, __WALL) == child);
    return status;
}

pid_t start_traced(std::vector<std::string> const& arguments) {
    std::vector<char*> pointers;
    for (auto const& argument : arguments)
        pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    auto const child = ::fork();
    if (child == 0) {
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    REQUIRE(child > 0);
    REQUIRE(WIFSTOPPED(next_stop(child)));
    REQUIRE(::ptrace(PTRACE_SETOPTIONS, child, nullptr,
                     PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == 0);
    return child;
}

}  // namespace

Cuts cut_after_each_call(std::vector<std::string> const& arguments,
                         std::function<void()> const& after_call) {
    auto const child = start_traced(arguments);
    Cuts cuts;
    bool inside = false;
    for (int signal = 0;;) {
        REQUIRE(::ptrace(PTRACE_SYSCALL, child, nullptr, signal) == 0);
        auto const status = next_stop(child);
        if (WIFEXITED(status)) {
            cuts.exit_code = WEXITSTATUS(status);
            return cuts;
        }
        REQUIRE(WIFSTOPPED(status));
        signal = WSTOPSIG(status) == at_a_call ? 0 : WSTOPSIG(status);
        if (signal != 0) continue;
        inside = !inside;
        if (inside) continue;
        ++cuts.calls;
        after_call();
    }
}

}  // namespace slots_tests
