// The outer bytes of a sealed request, one by one.
#pragma once

#include "drivers/base/bytes.hpp"

#include <optional>

namespace crypto {

// The recipient's subject key identifier, if these bytes are the one envelope this kiosk writes:
// strict DER, every fixed field at its value, one recipient, nothing after. OpenSSL itself does not
// look at version numbers, at the inner content type or at algorithm parameters it ignores, and the
// GCM tag covers none of them; so without this, several forms of one request would open.
std::optional<base::ByteView> recipient_of_envelope(base::ByteView der);

}  // namespace crypto
