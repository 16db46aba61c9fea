#include "kiosk/machine/programs.hpp"

#include "drivers/base/deadline.hpp"
#include "drivers/base/process.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace machine {
namespace {

using base::Descriptor;
using base::Errc;
using base::failure;

constexpr std::size_t longest_said = 64 * 1024;
constexpr std::size_t most_output = 256 * 1024;

// What a program says, in lines.
class Lines {
  public:
    explicit Lines(HearLine const& hear) : hear_(hear) {}

    void add(std::string_view bytes) {
        for (char const byte : bytes) {
            if (byte == '\n' || byte == '\r') {
                end();
            } else if (line_.size() < longest_said) {
                bool const control = static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
                line_.push_back(control ? '?' : byte);
            }
        }
    }
    void end() {
        if (!line_.empty() && hear_) hear_(line_);
        line_.clear();
    }

  private:
    HearLine const& hear_;
    std::string line_;
};

// False at the end of what it says.
bool read_some(int from, Lines& lines) {
    char chunk[4096];
    auto const count = ::read(from, chunk, sizeof(chunk));
    if (count < 0) return errno == EINTR || errno == EAGAIN;
    lines.add({chunk, static_cast<std::size_t>(count)});
    return count > 0;
}

}  // namespace

base::Result<int> Programs::run(std::vector<std::string> arguments, std::chrono::seconds limit,
                                HearLine const& hear) const {
    auto const deadline = std::chrono::steady_clock::now() + limit;
    auto const program = std::filesystem::path{arguments.front()}.filename().native();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return failure(base::system_error("pipe"));
    Descriptor const said{ends[0]};
    Descriptor saying{ends[1]};
    auto process = base::Process::start({.arguments = std::move(arguments),
                                         .environment = {{"LC_ALL", "C.UTF-8"}},
                                         .output_descriptor = saying.number()});
    if (!process) return failure(process.error());
    saying.close();
    Lines lines{hear};
    for (;;) {
        pollfd polled[]{{said.number(), POLLIN, 0}, {stop_, POLLIN, 0}};
        auto const ready = ::poll(polled, 2, base::milliseconds_until(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return failure(base::system_error("poll"));
        if (ready == 0) return failure(Errc::timed_out, program + ": did not end in time");
        if (polled[1].revents != 0) return failure(Errc::refused, "dmp-machine was told to end");
        if (!read_some(said.number(), lines)) break;
    }
    lines.end();
    auto const code = process->wait(std::chrono::milliseconds{base::milliseconds_until(deadline)});
    if (!code) return failure(code.error().code, program + ": did not end in time");
    return *code;
}

base::Result<void> Programs::succeed(std::vector<std::string> arguments, std::chrono::seconds limit,
                                     HearLine const& hear) const {
    auto const program = std::filesystem::path{arguments.front()}.filename().native();
    std::string last;
    auto const code = run(std::move(arguments), limit, [&](std::string_view line) {
        last = line;
        if (hear) hear(line);
    });
    if (!code) return failure(code.error());
    if (*code == 0) return {};
    return failure(Errc::system_failed,
                   program + ": " +
                       (last.empty() ? "ended with code " + std::to_string(*code) : last));
}

base::Result<std::string> Programs::output(std::vector<std::string> arguments,
                                           std::chrono::seconds limit) const {
    std::string all;
    auto const done = succeed(std::move(arguments), limit, [&](std::string_view line) {
        if (all.size() + line.size() < most_output) all.append(line).push_back('\n');
    });
    if (!done) return failure(done.error());
    return all;
}

}  // namespace machine
