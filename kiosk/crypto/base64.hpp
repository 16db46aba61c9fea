// RFC 4648: base64 with padding, and base64url without (RFC 7515).
#pragma once

#include "drivers/base/bytes.hpp"

namespace crypto {

std::string to_base64(base::ByteView bytes);
std::string to_base64url(base::ByteView bytes);

// Strict: no white space, no missing or spare padding, no spare bits set; Errc::malformed
// otherwise.
base::Result<base::Bytes> from_base64(std::string_view text);
base::Result<base::Bytes> from_base64url(std::string_view text);

}  // namespace crypto
