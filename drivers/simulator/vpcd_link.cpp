#include "drivers/simulator/vpcd_link.hpp"

#include <cassert>
#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace simulator {
namespace {

using base::failure;

// The driver writes length and data apart: without these two, Nagle's algorithm and the delayed
// acknowledgement make each command last 44 ms. The kernel forgets TCP_QUICKACK by itself.
void set_option(int descriptor, int option) {
    int const on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, option, &on, sizeof(on));
}

}  // namespace

base::Result<VpcdLink> VpcdLink::open(VpcdAddress const& address) {
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_port = htons(address.port);
    if (::inet_pton(AF_INET, address.host.c_str(), &target.sin_addr) != 1)
        return failure(base::Errc::configuration_invalid, address.host + ": not an IPv4 address");
    base::Descriptor descriptor{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!descriptor) return failure(base::system_error("socket"));
    set_option(descriptor.number(), TCP_NODELAY);
    VpcdLink link{std::move(descriptor)};
    auto const* generic = reinterpret_cast<sockaddr const*>(&target);
    if (::connect(link.descriptor_.number(), generic, sizeof(target)) == 0)
        link.connected_ = true;
    else if (errno != EINPROGRESS)
        link.lost_ = true;
    return link;
}

pollfd VpcdLink::polled() const {
    bool const writing = !connected_ || !unsent_.empty();
    return {descriptor_.number(), static_cast<short>(writing ? POLLIN | POLLOUT : POLLIN), 0};
}

void VpcdLink::serve() {
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

void VpcdLink::receive() {
    std::uint8_t chunk[4096];
    for (;;) {
        set_option(descriptor_.number(), TCP_QUICKACK);
        auto const count = ::recv(descriptor_.number(), chunk, sizeof(chunk), 0);
        set_option(descriptor_.number(), TCP_QUICKACK);
        if (count > 0) {
            received_.insert(received_.end(), chunk, chunk + count);
            continue;
        }
        if (count < 0 && errno == EINTR) continue;
        if (count == 0 || errno != EAGAIN) lost_ = true;
        return;
    }
}

std::optional<base::Bytes> VpcdLink::next() {
    while (received_.size() >= 2) {
        std::size_t const length = static_cast<std::size_t>(received_[0]) << 8 | received_[1];
        if (received_.size() < 2 + length) return std::nullopt;
        auto const begin = received_.begin() + 2;
        auto const end = begin + static_cast<std::ptrdiff_t>(length);
        base::Bytes message(begin, end);
        received_.erase(received_.begin(), end);
        if (!message.empty()) return message;
    }
    return std::nullopt;
}

void VpcdLink::send(base::ByteView message) {
    assert(!message.empty() && message.size() <= 0xFFFF);
    unsent_.push_back(static_cast<std::uint8_t>(message.size() >> 8));
    unsent_.push_back(static_cast<std::uint8_t>(message.size()));
    unsent_.insert(unsent_.end(), message.begin(), message.end());
    transmit();
}

void VpcdLink::transmit() {
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
