// Why nothing goes out. Each cause has its own remedy, so none is ever told for another.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace spooler {

enum class Cause : std::uint8_t {
    no_link,         // this machine has no way to any network
    name_not_found,  // the receiver's name has no address: DNS
    no_answer,       // nobody answers there, or the connection broke off
    clock,           // TLS: a certificate is expired or not yet valid, here or there
    certificate,     // our own certificate or key is missing, or they do not belong together
    stranger,        // TLS or the answer: whoever is there is not the receiver
    refused,         // the receiver does not accept this kiosk
    busy,            // it asks to come later
    rejected,        // it will never take this request
    broken,          // it answers what no receiver answers
};

// The word of the protocol, and back; nothing for a word of another version.
std::string_view name(Cause cause);
std::optional<Cause> cause_named(std::string_view word);

// For staff: what it is and what to do, one sentence or two.
std::string_view remedy(Cause cause);

}  // namespace spooler
