// A child process that ends with its owner: for the desk and the tests, which run every program of
// the kiosk together and must leave nothing behind.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace base {

class Process {
  public:
    struct Command {
        std::vector<std::string> arguments;  // the program first; searched in PATH
        std::vector<std::pair<std::string, std::string>> environment = {};  // added to ours
        std::filesystem::path output = {};  // where stdout and stderr go; empty: where ours go
        int output_descriptor = -1;         // the same, as an open one: the end of a pipe
    };

    // Returns once the program runs: a program that cannot be executed is an error here. The child
    // is also killed by the kernel when the thread that started it ends.
    static Result<Process> start(Command const& command);

    Process(Process&& other) noexcept
        : pid_(std::exchange(other.pid_, -1)), exit_code_(other.exit_code_) {}
    Process& operator=(Process&& other) noexcept {
        std::swap(pid_, other.pid_);
        std::swap(exit_code_, other.exit_code_);
        return *this;
    }
    ~Process();  // SIGTERM, five seconds, then SIGKILL

    pid_t pid() const { return pid_; }
    bool running();
    void signal(int number) const;

    // The exit code, or 128 + the signal; Errc::timed_out while it still runs.
    Result<int> wait(std::chrono::milliseconds timeout);

  private:
    explicit Process(pid_t pid) : pid_(pid) {}

    pid_t pid_ = -1;
    std::optional<int> exit_code_;
};

}  // namespace base
