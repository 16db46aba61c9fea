// The receiving end as a whole: one thread for all connections, one for the store.
#pragma once

#include "kiosk/intake/credentials.hpp"
#include "kiosk/intake/settings.hpp"

#include <cstdint>
#include <memory>

namespace intake {

class Server {
  public:
    // Opens the store, the admin socket and the listening port; nobody is served before run().
    static base::Result<Server> open(Settings const& settings, Credentials credentials);

    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    ~Server();

    std::uint16_t port() const;

    // Until SIGTERM or SIGINT; then requests under way are finished, for 1.5 seconds at most.
    void run();

  private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace intake
