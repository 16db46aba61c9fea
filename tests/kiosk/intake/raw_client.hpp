// A client that writes whatever bytes it likes inside a proper TLS connection.
#pragma once

#include "tests/kiosk/intake/client.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace intake_tests {

class RawClient {
  public:
    RawClient(std::uint16_t port, Identity const& identity);

    void write(std::string_view text);

    // Until this appears, the server ends the connection, or the deadline; all that came so far.
    std::string const& read_until(std::string_view end);

    // How long until the server ends the connection; at most ten seconds.
    std::chrono::milliseconds wait_for_end();

  private:
    std::shared_ptr<void> tls_;
    std::string received_;
};

}  // namespace intake_tests
