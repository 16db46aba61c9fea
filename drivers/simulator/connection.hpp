// A byte stream to the reader's side, over TCP or a Unix socket, that never blocks: both protocols
// by which a virtual card reaches a reader run over one.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include <poll.h>

namespace simulator {

struct TcpAddress {
    std::string host;  // numeric, IPv4
    std::uint16_t port = 0;
};
using Address = std::variant<TcpAddress, std::filesystem::path>;

// "127.0.0.1:2001", or the path of a Unix socket, which has a slash; Errc::configuration_invalid.
base::Result<Address> parse_address(std::string_view text);

class Connection {
  public:
    // Starts to connect; lost() tells when that failed. An error only for an address that is none.
    static base::Result<Connection> open(Address const& address);

    // One end of a connected pair of stream sockets, non-blocking.
    explicit Connection(base::Descriptor connected)
        : descriptor_(std::move(connected)), connected_(true) {}

    pollfd polled() const;

    // Reads what came and writes what waits, without blocking.
    void serve();

    // What came and was not taken yet: whoever understands it erases it.
    base::Bytes& received() { return received_; }

    void send(base::ByteView bytes);

    // For a peer that does not keep to the protocol: lost from now on.
    void give_up() { lost_ = true; }

    bool connected() const { return connected_ && !lost_; }
    bool lost() const { return lost_; }

  private:
    Connection() = default;

    void receive();
    void transmit();

    base::Descriptor descriptor_;
    base::Bytes received_;
    base::Bytes unsent_;
    bool connected_ = false;
    bool lost_ = false;
};

}  // namespace simulator
