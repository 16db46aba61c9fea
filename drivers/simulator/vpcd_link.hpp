// The card's end of the vpcd protocol (vsmartcard, virtualsmartcard/doc/api.txt): a TCP connection
// on which each message is a length of two bytes, big-endian, and that many bytes. Being connected
// is being in the reader.
#pragma once

#include "drivers/simulator/connection.hpp"

#include <optional>

namespace simulator {

// Messages of one byte; anything longer is a command for the card.
enum class VpcdControl : std::uint8_t { power_off = 0, power_on = 1, reset = 2, get_atr = 4 };

class VpcdLink {
  public:
    explicit VpcdLink(Connection connection) : connection_(std::move(connection)) {}

    pollfd polled() const { return connection_.polled(); }
    void serve() { connection_.serve(); }

    // The next whole message; empty ones, which mean nothing, are left out.
    std::optional<base::Bytes> next();

    // 1 to 65535 bytes: an empty answer would hang the driver, which waits for the bytes it
    // announces.
    void send(base::ByteView message);

    bool connected() const { return connection_.connected(); }
    bool lost() const { return connection_.lost(); }

  private:
    Connection connection_;
};

}  // namespace simulator
