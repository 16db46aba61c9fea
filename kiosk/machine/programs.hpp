// Other programs, run to their end within a time, while what they say is passed on line by line.
#pragma once

#include "drivers/base/unix_socket.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace machine {

using HearLine = std::function<void(std::string_view line)>;

class Programs {
  public:
    // Once `stop` is readable every program is ended, and none is started. It must outlive this.
    explicit Programs(int stop) : stop_(stop) {}

    // The exit code, 128 + the signal that ended it. Blocks the thread. Lines of both outputs, cut
    // at 64 KiB, control characters as '?'. Errc::timed_out when it did not end in time,
    // Errc::refused when this program is to end: then the other has been ended.
    base::Result<int> run(std::vector<std::string> arguments, std::chrono::seconds limit,
                          HearLine const& hear) const;

    // The same, where any exit code but 0 is Errc::system_failed with the last line it said.
    base::Result<void> succeed(std::vector<std::string> arguments, std::chrono::seconds limit,
                               HearLine const& hear = {}) const;

    // All it said, up to 256 KiB; as succeed().
    base::Result<std::string> output(std::vector<std::string> arguments,
                                     std::chrono::seconds limit) const;

  private:
    int stop_;
};

}  // namespace machine
