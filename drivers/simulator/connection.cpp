#include "drivers/simulator/connection.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace simulator {
namespace {

using base::failure;
using base::Result;

// What a peer may send before any of it was taken; more waits in the kernel. Each protocol's
// longest message fits in several times.
constexpr std::size_t most_received = 1 << 20;

// vpcd's driver writes length and data apart: without these two, Nagle's algorithm and the delayed
// acknowledgement make each command last 44 ms. The kernel forgets TCP_QUICKACK by itself. A Unix
// socket knows neither, and needs neither.
void set_option(int descriptor, int option) {
    int const on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, option, &on, sizeof(on));
}

union SocketAddress {
    sockaddr generic;
    sockaddr_in internet;
    sockaddr_un local;
};

Result<socklen_t> fill(SocketAddress& target, TcpAddress const& address) {
    target.internet.sin_family = AF_INET;
    target.internet.sin_port = htons(address.port);
    if (::inet_pton(AF_INET, address.host.c_str(), &target.internet.sin_addr) != 1)
        return failure(base::Errc::configuration_invalid, address.host + ": not an IPv4 address");
    return static_cast<socklen_t>(sizeof(target.internet));
}

Result<socklen_t> fill(SocketAddress& target, std::filesystem::path const& path) {
    auto const& name = path.native();
    if (name.empty() || name.size() >= sizeof(target.local.sun_path))
        return failure(base::Errc::configuration_invalid,
                       name + ": a socket's path has 1 to 107 bytes");
    target.local.sun_family = AF_UNIX;
    std::memcpy(target.local.sun_path, name.c_str(), name.size() + 1);
    return static_cast<socklen_t>(sizeof(target.local));
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
    if (text.find('/') != std::string_view::npos) return std::filesystem::path{text};
    auto const colon = text.rfind(':');
    auto const digits = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    TcpAddress address{std::string{text.substr(0, colon)}, 0};
    auto const* end = digits.data() + digits.size();
    auto const parsed = std::from_chars(digits.data(), end, address.port);
    in_addr number{};
    if (parsed.ec != std::errc{} || parsed.ptr != end || address.port == 0 ||
        ::inet_pton(AF_INET, address.host.c_str(), &number) != 1)
        return failure(base::Errc::configuration_invalid,
                       std::string{text} +
                           ": neither the path of a socket (with a slash) nor 127.0.0.1:2001");
    return address;
}

Result<Connection> Connection::open(Address const& address) {
    SocketAddress target{};
    auto const size = std::visit([&](auto const& a) { return fill(target, a); }, address);
    if (!size) return failure(size.error());
    Connection connection;
    auto const family = target.generic.sa_family;
    connection.descriptor_ =
        base::Descriptor{::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!connection.descriptor_) return failure(base::system_error("socket"));
    set_option(connection.descriptor_.number(), TCP_NODELAY);
    if (::connect(connection.descriptor_.number(), &target.generic, *size) == 0)
        connection.connected_ = true;
    else if (errno != EINPROGRESS)
        connection.lost_ = true;
    return connection;
}

pollfd Connection::polled() const {
    bool const writing = !connected_ || !unsent_.empty();
    return {descriptor_.number(), static_cast<short>(writing ? POLLIN | POLLOUT : POLLIN), 0};
}

void Connection::serve() {
    if (!connected_ && !lost_) {
        pollfd ready{descriptor_.number(), POLLOUT, 0};
        if (::poll(&ready, 1, 0) != 1) return;
        int problem = 0;
        socklen_t size = sizeof(problem);
        ::getsockopt(descriptor_.number(), SOL_SOCKET, SO_ERROR, &problem, &size);
        connected_ = problem == 0;
        lost_ = problem != 0;
    }
    if (lost_) return;
    receive();
    transmit();
}

void Connection::receive() {
    std::uint8_t chunk[4096];
    while (received_.size() < most_received) {
        set_option(descriptor_.number(), TCP_QUICKACK);
        auto const count = ::recv(descriptor_.number(), chunk, sizeof(chunk), 0);
        auto const problem = errno;
        set_option(descriptor_.number(), TCP_QUICKACK);
        if (count > 0) {
            received_.insert(received_.end(), chunk, chunk + count);
            continue;
        }
        if (count < 0 && problem == EINTR) continue;
        if (count == 0 || problem != EAGAIN) lost_ = true;
        return;
    }
}

void Connection::send(base::ByteView bytes) {
    unsent_.insert(unsent_.end(), bytes.begin(), bytes.end());
    if (connected_) transmit();
}

void Connection::transmit() {
    while (!unsent_.empty() && !lost_) {
        auto const count =
            ::send(descriptor_.number(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            if (errno != EAGAIN) lost_ = true;
            return;
        }
        unsent_.erase(unsent_.begin(), unsent_.begin() + count);
    }
}

}  // namespace simulator
