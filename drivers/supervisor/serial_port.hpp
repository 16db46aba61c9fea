// A serial line to a board: 115,200 baud, 8N1, raw, and nobody else's meanwhile.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/unix_socket.hpp"

#include <chrono>
#include <filesystem>

namespace supervisor {

class SerialPort {
  public:
    // Errc::connection_lost when there is no such port, Errc::conflict when another program has it.
    static base::Result<SerialPort> open(std::filesystem::path const& path);

    // Errc::timed_out when the line takes nothing for a second, Errc::connection_lost when the port
    // is gone.
    base::Result<void> write(base::ByteView bytes);

    // What came, perhaps nothing, within this time; Errc::connection_lost when the port is gone.
    base::Result<base::Bytes> read(std::chrono::milliseconds timeout);

    int descriptor() const { return port_.number(); }

  private:
    explicit SerialPort(base::Descriptor port) : port_(std::move(port)) {}

    base::Descriptor port_;
};

}  // namespace supervisor
