// UUIDs (RFC 9562): the identity of a request through every retry.
#pragma once

#include "drivers/base/bytes.hpp"
#include "kiosk/crypto/digest.hpp"

#include <array>
#include <compare>

namespace crypto {

class Uuid {
  public:
    // Version 4, from the operating system's generator; the program ends if that fails, for nothing
    // it could seal after would be safe.
    static Uuid random();

    // Of version 8: the first bits of a hash, for what is to have one identity however often it is
    // made.
    static Uuid from_hash(Sha256 const& hash);

    // Only the canonical form of 36 characters in lower case: one identity, one spelling.
    static base::Result<Uuid> parse(std::string_view text);
    static base::Result<Uuid> from(base::ByteView sixteen_bytes);

    std::string text() const;
    base::ByteView bytes() const { return bytes_; }

    auto operator<=>(Uuid const&) const = default;

  private:
    void mark(std::uint8_t version);

    std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace crypto
