// Comparing what must not be kept: equal texts have equal digests, and without the key, which lives
// no longer than the object, nobody tells from a digest what it is of. A plain hash would not do:
// there are few enough social-security numbers to try them all.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/secret.hpp"

#include <initializer_list>
#include <string_view>

namespace crypto {

class KeyedDigest {
  public:
    // A fresh key from the operating system's generator; the program ends if that fails.
    KeyedDigest();

    // HMAC-SHA-256 (RFC 2104) over the parts, each preceded by its length, so that no two different
    // lists are the same bytes.
    Sha256 of(std::initializer_list<std::string_view> parts) const;

  private:
    SecretBytes key_;
};

}  // namespace crypto
