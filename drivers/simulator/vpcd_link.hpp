// The card's end of the vpcd protocol (vsmartcard, virtualsmartcard/doc/api.txt): a TCP connection
// on which each message is a length of two bytes, big-endian, and that many bytes. Being connected
// is being in the reader.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"

#include <optional>
#include <string>

#include <poll.h>

namespace simulator {

// Messages of one byte; anything longer is a command for the card.
enum class VpcdControl : std::uint8_t { power_off = 0, power_on = 1, reset = 2, get_atr = 4 };

struct VpcdAddress {
    std::string host = "127.0.0.1";  // numeric, IPv4
    std::uint16_t port = 35963;      // slot 0; slot 1 is one higher
};

class VpcdLink {
  public:
    // Starts to connect; lost() tells when that failed.
    static base::Result<VpcdLink> open(VpcdAddress const& address);

    pollfd polled() const;

    // Reads what came and writes what waits, without blocking.
    void serve();

    // The next whole message; empty ones, which mean nothing, are left out.
    std::optional<base::Bytes> next();

    // 1 to 65535 bytes: an empty answer would hang the driver, which waits for the bytes it
    // announces.
    void send(base::ByteView message);

    bool connected() const { return connected_ && !lost_; }
    bool lost() const { return lost_; }

  private:
    explicit VpcdLink(base::Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    void receive();
    void transmit();

    base::Descriptor descriptor_;
    base::Bytes received_;
    base::Bytes unsent_;
    bool connected_ = false;
    bool lost_ = false;
};

}  // namespace simulator
