// JSON Web Signature, compact form (RFC 7515), ES256 only (RFC 7518 3.4): the form of a receipt.
#pragma once

#include "kiosk/crypto/keys.hpp"

#include <string>
#include <string_view>

namespace crypto {

// The key must be ECDSA P-256; Errc::key_unusable otherwise.
base::Result<std::string> sign_jws(std::string_view payload, PrivateKey const& key);

// The payload, only if the signature verifies under this key and the header says ES256;
// Errc::not_authentic otherwise, Errc::malformed for what is no JWS at all.
base::Result<std::string> verify_jws(std::string_view compact, PublicKey const& key);

}  // namespace crypto
