// Who certifies the kiosks' TLS keys, for what was signed with one of them and did not come through
// a handshake. It judges as the receiver's handshake would: chain, usage, dates, revocation.
#pragma once

#include "kiosk/crypto/keys.hpp"

#include <optional>

struct x509_store_st;
struct x509_store_ctx_st;

namespace crypto {

class ClientAuthority {
  public:
    // Certificates and, if given, the list of those taken back (RFC 5280, 5), both PEM. Errors
    // name the file.
    static base::Result<ClientAuthority>
    read(std::filesystem::path const& certificates,
         std::optional<std::filesystem::path> const& revoked = std::nullopt);

    // The first is judged, the others may stand between it and the authority; Errc::not_authentic
    // with the reason.
    base::Result<void> verify(std::vector<Certificate> const& chain) const;

  private:
    explicit ClientAuthority(std::shared_ptr<x509_store_st> store) : store_(std::move(store)) {}
    std::shared_ptr<x509_store_st> store_;
};

inline constexpr int longest_client_chain = 3;

// For a store that checks revocation: a list past its date goes on to hold. That nobody renewed it
// must stop neither the receiver nor the revocations.
int accept_an_old_list(int accepted, x509_store_ctx_st* context);

}  // namespace crypto
