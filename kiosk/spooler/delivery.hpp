// What became of one sealed request on its way to the receiver.
#pragma once

#include "kiosk/crypto/uuid.hpp"
#include "kiosk/spooler/cause.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace spooler {

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

}  // namespace spooler
