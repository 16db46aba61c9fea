// The receiver's signed word that it has a request: the only thing that lets a body be erased.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/jws.hpp"
#include "kiosk/crypto/uuid.hpp"
#include "kiosk/spooler/outcomes.hpp"

namespace spooler {

class ReceiptVerifier {
  public:
    // The receiver's public key, ECDSA P-256 in PEM, and the kiosk the receipts must be made out
    // to.
    static base::Result<ReceiptVerifier> open(std::filesystem::path const& key, std::string kiosk);

    // Errc::not_authentic with the first thing that is wrong: signature, version, id, kiosk or
    // hash.
    base::Result<void> verify(std::string_view receipt, crypto::Uuid const& id,
                              crypto::Sha256 const& sha256) const;

    // The receiver's signed word about what became of requests; the same key, another kind.
    base::Result<OutcomePage> outcomes(std::string_view answer, std::int64_t after) const;

    // One that somebody else may have carried: whose kiosk it names says nothing. What it stands
    // for, if the receiver signed it.
    struct Proof {
        crypto::Uuid id;
        crypto::Sha256 sha256;
    };
    base::Result<Proof> open_carried(std::string_view receipt) const;

  private:
    ReceiptVerifier(crypto::PublicKey key, std::string kiosk)
        : key_(std::move(key)), kiosk_(std::move(kiosk)) {}

    crypto::PublicKey key_;
    std::string kiosk_;
};

}  // namespace spooler
