// What a bundle holds, in the words of the kiosk that made it and signed with its TLS key: a
// certified JWS of type "dmp-bundle+jws" over
//   {"v":1,"kiosk":"kiosk-0001","bundle":7,"day":"2026-06-17","requests":[{"id","kind","sha256",
//   "size"}]}
#pragma once

#include "kiosk/crypto/certified_jws.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/uuid.hpp"

namespace carry {

inline constexpr std::size_t most_requests = 256;  // so that a manifest is one line of any socket
inline constexpr std::size_t largest_manifest = 96 * 1024;  // signed
inline constexpr std::size_t largest_request = 64 * 1024;

struct ListedRequest {
    crypto::Uuid id;
    std::string kind;
    crypto::Sha256 sha256;
    std::int64_t size;  // of the sealed body, bytes

    bool operator==(ListedRequest const&) const = default;
};

struct Manifest {
    std::string kiosk;    // as in its certificate
    std::int64_t bundle;  // from 1, never twice from one kiosk
    std::string day;      // on which it was made, "2026-06-17"
    std::vector<ListedRequest> requests;

    bool operator==(Manifest const&) const = default;
};

// Who signs: the kiosk's TLS key and its certificates, its own first.
struct Signer {
    crypto::PrivateKey key;
    std::vector<crypto::Certificate> chain;
};

// Errc::malformed for a manifest that nobody would accept.
base::Result<std::string> sign_manifest(Manifest const& manifest, Signer const& signer);

// Only if the authority stands behind the signature and the certificate is of the kiosk it names;
// one sentence otherwise.
base::Result<Manifest> open_manifest(std::string_view signed_text,
                                     crypto::ClientAuthority const& authority);

// The payload alone. One spelling: what is accepted is what sign_manifest() writes.
base::Result<Manifest> parse_manifest(std::string_view payload);

}  // namespace carry
