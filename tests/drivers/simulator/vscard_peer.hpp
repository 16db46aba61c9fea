// QEMU's end of the VSCARD protocol, for tests: listens on a Unix socket of its own.
#pragma once

#include "tests/catch.hpp"
#include "tests/drivers/simulator/reader_peer.hpp"

#include <filesystem>

class VscardPeer final : public ReaderPeer {
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

    // After close(), as a QEMU that comes back.
    void listen() { listen_with(base::listen_at(socket()).value()); }

    // In hexadecimal, header included; piecewise on wish.
    void send(std::string_view hex, bool piecewise = false) {
        auto const bytes = base::from_hex(hex).value();
        for (std::size_t i = 0; i < bytes.size(); i += piecewise ? 1 : bytes.size())
            REQUIRE(::send(card(), bytes.data() + i, piecewise ? 1 : bytes.size(),
                           MSG_NOSIGNAL) > 0);
    }
    void send_command(std::string_view apdu, bool piecewise = false) {
        auto const bytes = base::from_hex(apdu).value();
        auto const length = static_cast<std::uint8_t>(bytes.size());
        send("00000007 00000000 000000" + base::to_hex(base::Bytes{length}) + base::to_hex(bytes),
             piecewise);
    }

  private:
    // "type reader payload" in hexadecimal, without leading zeros of the numbers.
    std::optional<std::string> take_message(base::Bytes& received) override {
        if (received.size() < 12) return std::nullopt;
        auto const size = static_cast<std::size_t>(received[10] << 8 | received[11]);
        if (received.size() < 12 + size) return std::nullopt;
        auto message = std::to_string(received[3]) + (received[4] == 0xFF ? " any" : " 0");
        if (size > 0) message += " " + base::to_hex(base::ByteView{received}.subspan(12, size));
        received.erase(received.begin(),
                       received.begin() + static_cast<std::ptrdiff_t>(12 + size));
        return message;
    }

    std::filesystem::path folder_;
};
