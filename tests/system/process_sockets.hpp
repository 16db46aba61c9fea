// Which kinds of sockets another process has open, asked of the kernel socket by socket.
#pragma once

#include "drivers/base/result.hpp"

#include <set>
#include <utility>

#include <sys/types.h>

namespace system_tests {

struct SocketKind {
    int family;
    int protocol;
    auto operator<=>(SocketKind const&) const = default;
};

// Takes a copy of each descriptor (pidfd_getfd), which needs root: the kiosk's are closed to its
// own user.
base::Result<std::set<SocketKind>> sockets_of(pid_t process);

}  // namespace system_tests
