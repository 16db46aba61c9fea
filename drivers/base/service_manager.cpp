#include "drivers/base/service_manager.hpp"

#include "drivers/base/unix_socket.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace base {
namespace {

constexpr int signs = 3;  // within systemd's limit

std::string_view variable(char const* name) {
    auto const* const value = std::getenv(name);
    return value == nullptr ? std::string_view{} : value;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

ServiceManager::ServiceManager() : socket_(variable("NOTIFY_SOCKET")) {
    auto const whom = variable("WATCHDOG_PID");
    if (!whom.empty() && number<pid_t>(whom) != ::getpid()) return;
    if (auto const limit = number<std::int64_t>(variable("WATCHDOG_USEC")); limit && *limit > 0)
        between_signs_ = std::chrono::microseconds{*limit} / signs;
}

void ServiceManager::ready() {
    if (ready_) return;
    ready_ = true;
    tell("READY=1");
}

void ServiceManager::alive(Clock::time_point now) {
    if (!between_signs_ || now < next_sign_) return;
    next_sign_ = now + *between_signs_;
    tell("WATCHDOG=1");
}

std::optional<ServiceManager::Clock::time_point> ServiceManager::due() const {
    if (!between_signs_) return std::nullopt;
    return next_sign_;
}

// Without waiting: a manager that does not read is its own watchdog's concern.
void ServiceManager::tell(std::string_view what) const {
    sockaddr_un address{};
    if (socket_.empty() || socket_.size() >= sizeof(address.sun_path)) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket_.data(), socket_.size());
    if (socket_.front() == '@') address.sun_path[0] = '\0';
    auto const length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    Descriptor const sender{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    ::sendto(sender.number(), what.data(), what.size(), MSG_NOSIGNAL,
             reinterpret_cast<sockaddr const*>(&address), length);
}

}  // namespace base
