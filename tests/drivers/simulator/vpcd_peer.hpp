// The reader driver's end of the vpcd protocol, for tests: listens on a free port of the loopback.
#pragma once

#include "tests/catch.hpp"
#include "tests/drivers/simulator/reader_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

class VpcdPeer final : public ReaderPeer {
  public:
    VpcdPeer() { listen(0); }

    std::uint16_t port() const { return port_; }

    // After close(), on the same port.
    void listen_again() { listen(port_); }

    // As the driver does: length and data apart; piecewise on wish.
    void send(base::Bytes const& message, bool piecewise = false) {
        base::Bytes const length{static_cast<std::uint8_t>(message.size() >> 8),
                                 static_cast<std::uint8_t>(message.size())};
        for (auto const* part : {&length, &message})
            for (std::size_t i = 0; i < part->size(); i += piecewise ? 1 : part->size())
                REQUIRE(::send(card(), part->data() + i, piecewise ? 1 : part->size(),
                               MSG_NOSIGNAL) > 0);
    }

  private:
    std::optional<std::string> take_message(base::Bytes& received) override {
        if (received.size() < 2) return std::nullopt;
        auto const size = static_cast<std::size_t>(received[0] << 8 | received[1]);
        if (received.size() < 2 + size) return std::nullopt;
        auto message = base::to_hex(base::ByteView{received}.subspan(2, size));
        received.erase(received.begin(),
                       received.begin() + static_cast<std::ptrdiff_t>(2 + size));
        return message;
    }

    void listen(std::uint16_t port) {
        listen_with(
            base::Descriptor{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)});
        int const on = 1;
        ::setsockopt(listener(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(listener(), generic, sizeof(address)) == 0);
        REQUIRE(::listen(listener(), 4) == 0);
        socklen_t size = sizeof(address);
        ::getsockname(listener(), generic, &size);
        port_ = ntohs(address.sin_port);
    }

    std::uint16_t port_ = 0;
};
