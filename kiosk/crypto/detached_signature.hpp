#pragma once

#include "kiosk/crypto/keys.hpp"

namespace crypto {

// A signature as `openssl dgst -sha256 -sign` writes it: ECDSA in DER, or RSA with PKCS #1 1.5.
// Errc::not_authentic unless it verifies.
base::Result<void> verify_detached(base::ByteView content, base::ByteView signature,
                                   PublicKey const& key);

}  // namespace crypto
