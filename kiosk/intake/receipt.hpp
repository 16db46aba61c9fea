// The signed receipt: the proof on which a kiosk erases its own copy. A compact JWS (ES256) of
// {"v":1,"id","kiosk","sha256","received_at","node","replay"}; README.md says what each member
// holds.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/keys.hpp"
#include "kiosk/crypto/uuid.hpp"
#include "kiosk/intake/dmp_outcome.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace intake {

struct Receipt {
    crypto::Uuid id;
    std::string kiosk;
    crypto::Sha256 sha256;
    std::string received_at;
    bool replay;
};

// What became of a kiosk's requests since a position that it names. The answer is signed with the
// same key and is no receipt: {"typ":"outcomes","v":1,"kiosk","after","next","more",
// "outcomes":[{"id","outcome","class"?}]}.
struct OutcomePage {
    // So many fit into the 16 KiB that a kiosk reads of any answer.
    static constexpr std::size_t longest = 100;

    std::string kiosk;
    std::int64_t after;
    std::vector<DmpOutcomeAt> outcomes;
};

class ReceiptSigner {
  public:
    // Errc::key_unusable when the key is not EC P-256.
    static base::Result<ReceiptSigner> open(crypto::PrivateKey key, std::string node);

    base::Result<std::string> sign(Receipt const& receipt) const;
    base::Result<std::string> sign(OutcomePage const& page) const;

  private:
    ReceiptSigner(crypto::PrivateKey key, std::string node)
        : key_(std::move(key)), node_(std::move(node)) {}

    crypto::PrivateKey key_;
    std::string node_;
};

// "2026-11-21T10:00:00Z"
std::string utc_text(std::chrono::system_clock::time_point time);

}  // namespace intake
