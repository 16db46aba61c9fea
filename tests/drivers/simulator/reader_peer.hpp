// What both readers' ends of a virtual card share, for tests: one card that comes to a listening socket, and
// its messages.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"

#include <cerrno>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <poll.h>
#include <sys/socket.h>

class ReaderPeer {
  public:
    using Run = std::function<void()>;  // lets the card's end do its work

    // The driver ends.
    void close() {
        card_.close();
        listener_.close();
    }

    bool accept(Run const& run) {
        return until(run, [&] {
            pollfd waiting{listener_.number(), POLLIN, 0};
            if (::poll(&waiting, 1, 0) != 1) return false;
            card_ = base::Descriptor{
                ::accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
            return static_cast<bool>(card_);
        });
    }

    // The next message from the card, as the protocol writes it; "gone" when it left, "nothing" after the
    // limit.
    std::string receive(Run const& run, std::chrono::milliseconds limit = std::chrono::seconds{5}) {
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
                auto whole = take_message(received_);
                if (whole) message = std::move(*whole);
                return whole.has_value();
            },
            limit);
        return message;
    }

  protected:
    ReaderPeer() = default;
    ~ReaderPeer() = default;

    // The first message, removed, when it is there whole.
    virtual std::optional<std::string> take_message(base::Bytes& received) = 0;

    int card() const { return card_.number(); }
    void listen_with(base::Descriptor listener) {
        listener_ = std::move(listener);
        received_.clear();
    }
    int listener() const { return listener_.number(); }

  private:
    static bool until(Run const& run, std::function<bool()> const& done,
                      std::chrono::milliseconds limit = std::chrono::seconds{5}) {
        auto const deadline = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            run();
            ::poll(nullptr, 0, 1);
        }
        return true;
    }

    base::Descriptor listener_;
    base::Descriptor card_;
    base::Bytes received_;
};
