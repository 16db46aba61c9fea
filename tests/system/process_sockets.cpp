#include "tests/system/process_sockets.hpp"

#include "drivers/base/unix_socket.hpp"

#include <cerrno>
#include <filesystem>

#include <sys/socket.h>

// The header of glibc 2.36 forgets to say that its functions are C's.
extern "C" {
#include <sys/pidfd.h>
}

namespace system_tests {
namespace {

int option(int socket, int name) {
    int value = -1;
    socklen_t size = sizeof(value);
    ::getsockopt(socket, SOL_SOCKET, name, &value, &size);
    return value;
}

}  // namespace

base::Result<std::set<SocketKind>> sockets_of(pid_t process) {
    base::Descriptor const handle{::pidfd_open(process, 0)};
    if (!handle) return base::failure(base::system_error("pidfd_open"));
    std::set<SocketKind> kinds;
    auto const folder = std::filesystem::path{"/proc"} / std::to_string(process) / "fd";
    std::error_code unreadable;
    for (auto const& entry : std::filesystem::directory_iterator{folder, unreadable}) {
        auto const number = std::stoi(entry.path().filename().native());
        base::Descriptor const copy{::pidfd_getfd(handle.number(), number, 0)};
        if (!copy && errno == EBADF) continue;  // closed since the list was made
        if (!copy) return base::failure(base::system_error("pidfd_getfd"));
        auto const family = option(copy.number(), SO_DOMAIN);
        if (family >= 0) kinds.insert({family, option(copy.number(), SO_PROTOCOL)});
    }
    if (unreadable) return base::failure(base::Errc::system_failed, unreadable.message());
    return kinds;
}

}  // namespace system_tests
