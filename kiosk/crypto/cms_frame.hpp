// The outer bytes of a sealed request, one by one.
#pragma once

#include "drivers/base/bytes.hpp"

#include <optional>
#include <vector>

namespace crypto {

// The recipients' subject key identifiers, if these bytes are the one envelope this kiosk writes:
// strict DER, every fixed field at its value, one or two recipients in the order of DER, nothing
// after. OpenSSL itself does not look at version numbers, at the inner content type or at algorithm
// parameters it ignores, and the GCM tag covers none of them; so without this, several forms of one
// request would open.
std::optional<std::vector<base::ByteView>> recipients_of_envelope(base::ByteView der);

}  // namespace crypto
