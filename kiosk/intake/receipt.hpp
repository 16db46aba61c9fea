// The signed receipt: the proof on which a kiosk erases its own copy. A compact JWS (ES256) of
// {"v":1,"id","kiosk","sha256","received_at","node","replay"}; README.md says what each member
// holds.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/keys.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <chrono>
#include <string>

namespace intake {

struct Receipt {
    crypto::Uuid id;
    std::string kiosk;
    crypto::Sha256 sha256;
    std::string received_at;
    bool replay;
};

class ReceiptSigner {
  public:
    // Errc::key_unusable when the key is not EC P-256.
    static base::Result<ReceiptSigner> open(crypto::PrivateKey key, std::string node);

    base::Result<std::string> sign(Receipt const& receipt) const;

  private:
    ReceiptSigner(crypto::PrivateKey key, std::string node)
        : key_(std::move(key)), node_(std::move(node)) {}

    crypto::PrivateKey key_;
    std::string node_;
};

// "2026-11-21T10:00:00Z"
std::string utc_text(std::chrono::system_clock::time_point time);

}  // namespace intake
