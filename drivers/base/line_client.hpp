// The other end of a LineServer.
#pragma once

#include "drivers/base/unix_socket.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace base {

class LineClient {
  public:
    static Result<LineClient> connect(std::filesystem::path const& path);

    Result<void> send(std::string_view line);

    // The next whole line, without its end. Errc::timed_out leaves what came so far for the next
    // call; Errc::connection_lost when the server left; Errc::protocol_violated for a line longer
    // than a LineServer would ever send.
    Result<std::string> receive(std::chrono::milliseconds timeout);

    Result<std::string> ask(std::string_view line, std::chrono::milliseconds timeout);

    // Readable when receive() has something to do, for one's own poll().
    int descriptor() const { return descriptor_.number(); }

  private:
    explicit LineClient(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    Descriptor descriptor_;
    std::string received_;
};

}  // namespace base
