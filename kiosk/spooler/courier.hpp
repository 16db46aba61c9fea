// Carries one sealed request at a time to the receiver over one kept HTTPS connection, and judges
// the answer. The only .cpp that knows libcurl stands behind it.
#pragma once

#include "kiosk/spooler/delivery.hpp"
#include "kiosk/spooler/outbox.hpp"
#include "kiosk/spooler/receipt.hpp"

#include <atomic>
#include <memory>

namespace spooler {

struct Intake {
    std::string url;  // https only, without a trailing slash
    std::filesystem::path ca_certificate;
    std::filesystem::path client_key;  // the TLS key, never the one that signs requests
    std::filesystem::path client_certificate;
};

class Courier {
  public:
    // Reads nothing yet and connects to nobody: the first delivery does.
    static base::Result<Courier> open(Intake const& intake, ReceiptVerifier verifier);

    Courier(Courier&&) noexcept;
    Courier& operator=(Courier&&) noexcept;
    ~Courier();

    // Blocks until answered, timed out or interrupted.
    Delivery deliver(Parcel const& parcel);

    // What became of this kiosk's requests since that position; blocks likewise.
    base::Result<OutcomePage> ask_outcomes(std::int64_t after);

    // Ends a deliver() that is under way, and all later ones at once; from any thread.
    void interrupt();

  private:
    struct Connection;
    explicit Courier(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace spooler
