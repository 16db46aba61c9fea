#include "drivers/base/unix_socket.hpp"

#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace base {
namespace {

Result<sockaddr_un> address_of(std::filesystem::path const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const& text = path.native();
    if (text.size() >= sizeof(address.sun_path))
        return failure(Errc::system_failed, text + ": too long for a socket path (107 at most)");
    std::memcpy(address.sun_path, text.data(), text.size());
    return address;
}

sockaddr const* generic(sockaddr_un const& address) {
    return reinterpret_cast<sockaddr const*>(&address);
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

Result<Descriptor> listen_at(std::filesystem::path const& path, mode_t mode) {
    auto address = address_of(path);
    if (!address) return failure(address.error());
    if (connect_to(path)) return failure(Errc::conflict, path.native() + ": already in use");
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode))
            return failure(Errc::conflict, path.native() + ": exists and is no socket");
        ::unlink(path.c_str());
    }
    Descriptor descriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!descriptor) return failure(system_error("socket"));
    // The permission is set before anyone can connect: the mask gives the new socket its mode at
    // birth.
    auto const mask = ::umask(~mode & 0777);
    auto const bound = ::bind(descriptor.number(), generic(*address), sizeof(*address));
    ::umask(mask);
    if (bound != 0 || ::listen(descriptor.number(), 16) != 0)
        return failure(system_error(path.native()));
    return descriptor;
}

Result<Descriptor> connect_to(std::filesystem::path const& path) {
    auto address = address_of(path);
    if (!address) return failure(address.error());
    Descriptor descriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!descriptor) return failure(system_error("socket"));
    timeval const patience{.tv_sec = 2, .tv_usec = 0};
    ::setsockopt(descriptor.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (::connect(descriptor.number(), generic(*address), sizeof(*address)) != 0)
        return failure(system_error(path.native(), Errc::connection_lost));
    return descriptor;
}

Result<Peer> peer_of(int descriptor) {
    ucred credentials{};
    socklen_t size = sizeof(credentials);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return failure(system_error("SO_PEERCRED"));
    return Peer{credentials.uid, credentials.gid, credentials.pid};
}

}  // namespace base
