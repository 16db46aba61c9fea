// The reader driver's end of the vpcd protocol, for tests: listens on a free port of the loopback.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <chrono>
#include <functional>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

class VpcdPeer {
  public:
    VpcdPeer() { listen(0); }

    std::uint16_t port() const { return port_; }

    // The driver ends, and comes back on the same port.
    void close() {
        card_.close();
        listener_.close();
    }
    void listen_again() { listen(port_); }

    bool accept(std::function<void()> const& run) {
        return until(run, [&] {
            card_ = base::Descriptor{
                ::accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
            return static_cast<bool>(card_);
        });
    }

    // As the driver does: length and data apart; piecewise on wish.
    void send(base::Bytes const& message, bool piecewise = false) {
        base::Bytes const length{static_cast<std::uint8_t>(message.size() >> 8),
                                 static_cast<std::uint8_t>(message.size())};
        for (auto const* part : {&length, &message})
            for (std::size_t i = 0; i < part->size(); i += piecewise ? 1 : part->size())
                REQUIRE(::send(card_.number(), part->data() + i, piecewise ? 1 : part->size(),
                               MSG_NOSIGNAL) > 0);
    }

    // The next message from the card, in hexadecimal; "gone" when it left, "nothing" after the
    // limit.
    std::string receive(std::function<void()> const& run,
                        std::chrono::milliseconds limit = std::chrono::seconds{5}) {
        std::string message = "nothing";
        until(
            run,
            [&] {
                std::uint8_t buffer[1024];
                auto const count = ::recv(card_.number(), buffer, sizeof(buffer), 0);
                if (count == 0 || (count < 0 && errno != EAGAIN)) {
                    message = "gone";
                    return true;
                }
                if (count > 0) received_.insert(received_.end(), buffer, buffer + count);
                if (received_.size() < 2) return false;
                auto const size = static_cast<std::size_t>(received_[0] << 8 | received_[1]);
                if (received_.size() < 2 + size) return false;
                message = base::to_hex(base::ByteView{received_}.subspan(2, size));
                received_.erase(received_.begin(),
                                received_.begin() + static_cast<std::ptrdiff_t>(2 + size));
                return true;
            },
            limit);
        return message;
    }

  private:
    static bool until(std::function<void()> const& run, std::function<bool()> const& done,
                      std::chrono::milliseconds limit = std::chrono::seconds{5}) {
        auto const deadline = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            run();
            ::poll(nullptr, 0, 1);
        }
        return true;
    }

    void listen(std::uint16_t port) {
        listener_ =
            base::Descriptor{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
        int const on = 1;
        ::setsockopt(listener_.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(listener_.number(), generic, sizeof(address)) == 0);
        REQUIRE(::listen(listener_.number(), 4) == 0);
        socklen_t size = sizeof(address);
        ::getsockname(listener_.number(), generic, &size);
        port_ = ntohs(address.sin_port);
    }

    base::Descriptor listener_;
    base::Descriptor card_;
    base::Bytes received_;
    std::uint16_t port_ = 0;
};
