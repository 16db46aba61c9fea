// A kiosk as the receiver sees it: libcurl with a client certificate on one kept connection.
#pragma once

#include "drivers/base/bytes.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace intake_tests {

// The two PEM files of a TLS client.
struct Identity {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

struct Reply {
    long status = 0;  // 0: no answer, see problem
    std::string content_type;
    std::string retry_after;
    std::string body;
    std::string problem;
    long new_connections = 0;
};

class Client {
  public:
    Client(std::uint16_t port, std::filesystem::path const& server_ca,
           std::optional<Identity> const& identity);

    using Headers = std::vector<std::string>;
    Reply send(std::string const& method, std::string const& path, base::Bytes const& body,
               Headers const& headers);

    // As a well-behaved kiosk would.
    Reply put(crypto::Uuid const& id, base::Bytes const& body);

  private:
    std::shared_ptr<void> curl_;
    std::string address_;
};

std::string content_digest(base::Bytes const& body);

// Incompressible and different each time, like a sealed request.
base::Bytes random_body(std::size_t size);

}  // namespace intake_tests
