#include "drivers/base/line_client.hpp"

#include "drivers/base/deadline.hpp"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace base {
namespace {

constexpr std::size_t longest_line = 4 * 1024 * 1024;

}  // namespace

Result<LineClient> LineClient::connect(std::filesystem::path const& path) {
    auto descriptor = connect_to(path);
    if (!descriptor) return failure(descriptor.error());
    return LineClient{std::move(*descriptor)};
}

Result<void> LineClient::send(std::string_view line) {
    std::string whole{line};
    whole.push_back('\n');
    std::string_view rest = whole;
    while (!rest.empty()) {
        auto const count = ::send(descriptor_.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(system_error("send", Errc::connection_lost));
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<std::string> LineClient::receive(std::chrono::milliseconds timeout) {
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        if (auto const end = received_.find('\n'); end != std::string::npos) {
            auto line = received_.substr(0, end);
            received_.erase(0, end + 1);
            return line;
        }
        if (received_.size() > longest_line)
            return failure(Errc::protocol_violated, "an answer without end");
        pollfd polled{descriptor_.number(), POLLIN, 0};
        auto const ready = ::poll(&polled, 1, milliseconds_until(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return failure(system_error("poll"));
        if (ready == 0) return failure(Errc::timed_out, "no answer");
        char chunk[16384];
        auto const count = ::recv(descriptor_.number(), chunk, sizeof(chunk), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return failure(Errc::connection_lost, "the other end left");
        received_.append(chunk, static_cast<std::size_t>(count));
    }
}

Result<std::string> LineClient::ask(std::string_view line, std::chrono::milliseconds timeout) {
    if (auto sent = send(line); !sent) return failure(sent.error());
    return receive(timeout);
}

}  // namespace base
