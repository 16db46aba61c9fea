#include "drivers/base/process.hpp"

#include "drivers/base/deadline.hpp"
#include "drivers/base/unix_socket.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace base {
namespace {

// Tells the parent why.
[[noreturn]] void give_up(int problem) {
    int const code = errno;
    [[maybe_unused]] auto const written = ::write(problem, &code, sizeof(code));
    ::_exit(127);
}

// What the child does between fork and exec; only async-signal-safe calls.
[[noreturn]] void become(std::vector<char*> const& arguments, std::vector<char*> const& environment,
                         char const* output, int output_descriptor, int problem, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    if (output[0] != '\0') {
        int const file = ::open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (file < 0) give_up(problem);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
    }
    if (output_descriptor >= 0) {
        ::dup2(output_descriptor, STDOUT_FILENO);
        ::dup2(output_descriptor, STDERR_FILENO);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execvpe(arguments[0], arguments.data(), environment.data());
    give_up(problem);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

}  // namespace

Result<Process> Process::start(Command const& command) {
    if (command.arguments.empty()) return failure(Errc::system_failed, "no program to start");
    auto arguments = command.arguments;
    std::vector<std::string> variables;
    for (auto const& [variable, value] : command.environment)
        variables.push_back(variable + "=" + value);
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string const text{*entry};
        auto const given = [&](auto const& pair) { return text.starts_with(pair.first + "="); };
        bool replaced = false;
        for (auto const& pair : command.environment)
            replaced = replaced || given(pair);
        if (!replaced) variables.push_back(text);
    }
    auto const argument_pointers = pointers(arguments);
    auto const variable_pointers = pointers(variables);

    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return failure(system_error("pipe"));
    Descriptor const problem{ends[0]};
    Descriptor told{ends[1]};
    auto const parent = ::getpid();
    auto const child = ::fork();
    if (child < 0) return failure(system_error("fork"));
    if (child == 0)
        become(argument_pointers, variable_pointers, command.output.c_str(),
               command.output_descriptor, told.number(), parent);
    told.close();
    Process process{child};
    int code = 0;
    // The pipe closes without a word when exec succeeds.
    ssize_t count = 0;
    do
        count = ::read(problem.number(), &code, sizeof(code));
    while (count < 0 && errno == EINTR);
    if (count == sizeof(code)) {
        // Until it is gone the child is a copy of us, with our signal handlers: nothing may signal
        // it.
        static_cast<void>(process.wait(std::chrono::seconds{5}));
        return failure(Errc::system_failed, arguments.front() + ": " + std::strerror(code));
    }
    return process;
}

Process::~Process() {
    if (pid_ < 0 || !running()) return;
    signal(SIGTERM);
    signal(SIGCONT);  // a stopped process cannot end
    if (wait(std::chrono::seconds{5})) return;
    signal(SIGKILL);
    static_cast<void>(wait(std::chrono::seconds{5}));
}

bool Process::running() {
    auto const ended = wait(std::chrono::milliseconds{0});
    return !ended && ended.error().code == Errc::timed_out;
}

void Process::signal(int number) const {
    if (pid_ > 0 && !exit_code_) ::kill(pid_, number);
}

Result<int> Process::wait(std::chrono::milliseconds timeout) {
    if (exit_code_) return *exit_code_;
    if (pid_ <= 0) return failure(Errc::system_failed, "no process");
    Descriptor const handle{static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0))};
    if (!handle) return failure(system_error("pidfd_open"));
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    pollfd polled{handle.number(), POLLIN, 0};
    int ready = 0;
    do
        ready = ::poll(&polled, 1, milliseconds_until(deadline));
    while (ready < 0 && errno == EINTR);
    if (ready < 0) return failure(system_error("poll"));
    if (ready == 0) return failure(Errc::timed_out, "still running");
    int status = 0;
    if (::waitpid(pid_, &status, 0) != pid_) return failure(system_error("waitpid"));
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return *exit_code_;
}

}  // namespace base
