// Cryptographic Message Syntax (RFC 5652): signing by the kiosk, sealing to the receiver, and the
// way back. One profile and no other: SignedData with one signer, SHA-256 and the signer's
// certificate inside; AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084) and one recipient,
// or two while a key is replaced, by subject key identifier, RSA of 3072 bits or more with OAEP,
// SHA-256 and MGF1 with SHA-256 (RFC 4055).
#pragma once

#include "kiosk/crypto/keys.hpp"
#include "kiosk/crypto/secret.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crypto {

// SignedData holding the content; as secret as its content.
base::Result<SecretBytes> sign_cms(base::ByteView content, Certificate const& signer,
                                   PrivateKey const& key);

struct SignedContent {
    SecretBytes content;
    Certificate signer;
};

// The content, only if its one signature verifies and the signer's certificate chains to one of the
// trusted; Errc::not_authentic otherwise. The certificate's dates are not judged here: a request
// may wait in a queue longer than the certificate lives.
base::Result<SignedContent> verify_cms(base::ByteView der, std::vector<Certificate> const& trusted);

// Errc::key_unusable, with a sentence, for a certificate nobody may seal to: no subject key
// identifier, not RSA, shorter than 3072 bits, or not meant for key encipherment.
base::Result<void> check_receiver(Certificate const& receiver);

// AuthEnvelopedData holding the content, for one receiver or two with different keys: the key of
// either opens it, alone.
base::Result<base::Bytes> seal_cms(base::ByteView content,
                                   std::vector<Certificate> const& receivers);

struct UnsealedContent {
    SecretBytes content;
    std::vector<base::Bytes> key_ids;  // subject key identifiers the envelope names, in its order
};

// The content, only if every byte of the envelope is as seal_cms would have written it and the tag
// verifies; Errc::not_authentic otherwise, and nothing of the content is handed out.
base::Result<UnsealedContent> unseal_cms(base::ByteView der, PrivateKey const& key);

// A sentence when this OpenSSL (OPENSSL_VERSION_NUMBER form) is older than 3.0.22, whose CMS code
// has known faults on the opening side (CVE-2026-34182, CVE-2026-63072; plaintext left in the
// output of a failed CMS_decrypt).
std::optional<std::string> openssl_warning(unsigned long version);
std::optional<std::string> openssl_warning();  // about the library this program runs on

}  // namespace crypto
