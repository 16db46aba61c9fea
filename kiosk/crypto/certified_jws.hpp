// A statement by a kiosk, signed with its TLS key: a compact JWS (RFC 7515) whose header holds the
// type of the statement and the certificates (x5c). The type keeps it apart from every other
// signature of that key: receipts have none, a TLS handshake and a CMS message never begin with the
// characters of a JWS.
#pragma once

#include "kiosk/crypto/client_authority.hpp"

#include <string>
#include <string_view>

namespace crypto {

// The key belongs to the first certificate. Errc::key_unusable for a key that is neither EC P-256,
// P-384 nor RSA of 2048 bits or more. `type` is a plain word such as "dmp-bundle+jws".
base::Result<std::string> sign_certified(std::string_view type, std::string_view payload,
                                         std::vector<Certificate> const& chain,
                                         PrivateKey const& key);

struct CertifiedStatement {
    std::string payload;
    Certificate signer;
};

// Only if type, signature and certificate hold: Errc::not_authentic otherwise, Errc::malformed for
// what is no such JWS at all. The payload is handed out only then.
base::Result<CertifiedStatement> verify_certified(std::string_view type, std::string_view compact,
                                                  ClientAuthority const& authority);

}  // namespace crypto
