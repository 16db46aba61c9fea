// The signature algorithms of RFC 7518 for the keys this product uses: ES256 and ES384 for EC keys
// of P-256 and P-384, PS256 for RSA. The key decides, never the message.
#pragma once

#include "drivers/base/bytes.hpp"

#include <string_view>

struct evp_pkey_st;

namespace crypto {

// "ES256", "ES384", "PS256"; empty for any other key.
std::string_view jws_algorithm(evp_pkey_st* key);

// Over the signing input, in the form a JWS holds it. Errc::key_unusable for any other key.
base::Result<base::Bytes> sign_jws_input(std::string_view input, evp_pkey_st* key);

// Errc::not_authentic unless it verifies.
base::Result<void> verify_jws_input(std::string_view input, base::ByteView signature,
                                    evp_pkey_st* key);

}  // namespace crypto
