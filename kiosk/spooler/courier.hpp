// Carries one sealed request at a time to the receiver over one kept HTTPS connection, and judges
// the answer. The only .cpp that knows libcurl stands behind it.
#pragma once

#include "kiosk/spooler/cause.hpp"
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

// The address in its normal form; Errc::malformed with the reason: not https, a user, a query...
base::Result<std::string> check_intake_url(std::string const& url);

struct Delivery {
    enum class Result : std::uint8_t {
        delivered,    // 201, 200, and the receipt verifies
        conflict,     // 409: the receiver has another body under this id
        rejected,     // 400, 413, 422: this one will never be taken
        refused,      // 401, 403, or our certificate turned away in the handshake
        overloaded,   // 429, 503
        unproven,     // 2xx or 3xx without a receipt that verifies: not, or not only, the receiver
        stranger,     // TLS: whoever answers is not the receiver (a captive portal, a wrong clock)
        unreachable,  // no connection: nothing was sent
        failed,       // anything else: unknown whether it arrived
        not_sent,     // an earlier one stopped the queue, or the spooler ends
    };

    crypto::Uuid id;
    Result result;
    std::string receipt = {};                   // delivered: the signed text
    int status = 0;                             // HTTP, 0 when there was none
    std::string detail = {};                    // as it was said
    std::optional<Cause> cause = std::nullopt;  // of all but a success and what was not tried
    std::optional<std::chrono::seconds> retry_after = std::nullopt;

    // Whether certainly nothing of it left.
    bool stayed() const;
    // Whether the others may go on.
    bool stops_queue() const;
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
