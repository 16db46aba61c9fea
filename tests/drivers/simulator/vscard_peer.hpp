// QEMU's end of the VSCARD protocol, for tests: listens on a Unix socket of its own.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <chrono>
#include <filesystem>
#include <functional>

#include <poll.h>
#include <sys/socket.h>

class VscardPeer {
  public:
    VscardPeer() {
        auto pattern = (std::filesystem::temp_directory_path() / "vscard.XXXXXX").native();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        listen();
    }
    ~VscardPeer() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    VscardPeer(VscardPeer const&) = delete;
    VscardPeer& operator=(VscardPeer const&) = delete;

    std::filesystem::path socket() const { return folder_ / "socket"; }

    // QEMU ends, and comes back.
    void close() {
        card_.close();
        listener_.close();
    }
    void listen() {
        listener_ = base::listen_at(socket()).value();
        received_.clear();
    }

    bool accept(std::function<void()> const& run) {
        return until(run, [&] {
            pollfd waiting{listener_.number(), POLLIN, 0};
            if (::poll(&waiting, 1, 0) != 1) return false;
            card_ = base::Descriptor{
                ::accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
            return static_cast<bool>(card_);
        });
    }

    // In hexadecimal, header included; piecewise on wish.
    void send(std::string_view hex, bool piecewise = false) {
        auto const bytes = base::from_hex(hex).value();
        for (std::size_t i = 0; i < bytes.size(); i += piecewise ? 1 : bytes.size())
            REQUIRE(::send(card_.number(), bytes.data() + i, piecewise ? 1 : bytes.size(),
                           MSG_NOSIGNAL) > 0);
    }
    void send_command(std::string_view apdu, bool piecewise = false) {
        auto const bytes = base::from_hex(apdu).value();
        auto const length = static_cast<std::uint8_t>(bytes.size());
        send("00000007 00000000 000000" + base::to_hex(base::Bytes{length}) + base::to_hex(bytes),
             piecewise);
    }

    // The next message from the card, "type reader payload" in hexadecimal without leading zeros
    // of the numbers; "gone" when it left, "nothing" after the limit.
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
                if (received_.size() < 12) return false;
                auto const size = static_cast<std::size_t>(received_[10] << 8 | received_[11]);
                if (received_.size() < 12 + size) return false;
                message = std::to_string(received_[3]) + (received_[4] == 0xFF ? " any" : " 0");
                if (size > 0)
                    message += " " + base::to_hex(base::ByteView{received_}.subspan(12, size));
                received_.erase(received_.begin(),
                                received_.begin() + static_cast<std::ptrdiff_t>(12 + size));
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

    std::filesystem::path folder_;
    base::Descriptor listener_;
    base::Descriptor card_;
    base::Bytes received_;
};
