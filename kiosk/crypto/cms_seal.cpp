#include "kiosk/crypto/cms.hpp"

#include "kiosk/crypto/cms_frame.hpp"
#include "kiosk/crypto/cms_support.hpp"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

constexpr int least_rsa_bits = 3072;

bool add_receiver(CMS_ContentInfo* cms, Certificate const& receiver) {
    auto* recipient =
        CMS_add1_recipient_cert(cms, receiver.handle(), CMS_KEY_PARAM | CMS_USE_KEYID);
    auto* context = recipient == nullptr ? nullptr : CMS_RecipientInfo_get0_pkey_ctx(recipient);
    // OpenSSL would take SHA-1 for both hashes.
    return context != nullptr &&
           EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1;
}

}  // namespace

base::Result<void> check_receiver(Certificate const& receiver) {
    auto const* key = X509_get0_pubkey(receiver.handle());
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        return failure(Errc::key_unusable, "the receiver's certificate must hold an RSA key");
    if (EVP_PKEY_get_bits(key) < least_rsa_bits)
        return failure(Errc::key_unusable, "the receiver's RSA key has " +
                                               std::to_string(EVP_PKEY_get_bits(key)) +
                                               " bits; at least 3072 are needed");
    if (receiver.subject_key_identifier().empty())
        return failure(Errc::key_unusable,
                       "the receiver's certificate has no subject key identifier");
    // All bits are set when the certificate does not restrict its use.
    if ((X509_get_key_usage(receiver.handle()) & KU_KEY_ENCIPHERMENT) == 0)
        return failure(Errc::key_unusable,
                       "the receiver's certificate is not meant for key encipherment");
    return {};
}

base::Result<base::Bytes> seal_cms(base::ByteView content,
                                   std::vector<Certificate> const& receivers) {
    for (auto const& receiver : receivers)
        if (auto checked = check_receiver(receiver); !checked) return failure(checked.error());
    Cms const cms{CMS_AuthEnvelopedData_create(EVP_aes_256_gcm())};
    base::Bytes der;
    auto const add = [&](Certificate const& receiver) { return add_receiver(cms.get(), receiver); };
    if (!cms || !std::ranges::all_of(receivers, add) || !embed(cms.get(), content) ||
        !encode_cms(cms.get(), der))
        return failure(Errc::crypto_failed, "seal: " + openssl_reason());
    // Nobody, a third, or the same twice: what nobody would open is not made.
    if (!recipients_of_envelope(der))
        return failure(Errc::key_unusable, "a request is sealed to one receiver, or to two with "
                                           "different keys");
    return der;
}

base::Result<UnsealedContent> unseal_cms(base::ByteView der, PrivateKey const& key) {
    auto const recipients = recipients_of_envelope(der);
    auto const cms = recipients ? parse_cms(der) : Cms{};
    if (!cms) {
        openssl_reason();
        return failure(Errc::not_authentic, "not an envelope as a kiosk writes it");
    }
    // A memory BIO overwrites what it held when it is freed, so also what a CMS_decrypt that failed
    // may have left in it.
    Bio const plain{BIO_new(BIO_s_mem()), BIO_free_all};
    if (!plain ||
        CMS_decrypt(cms.get(), key.handle(), nullptr, nullptr, plain.get(), CMS_BINARY) != 1) {
        openssl_reason();
        return failure(Errc::not_authentic, "the envelope does not open with this key");
    }
    char* bytes = nullptr;
    auto const size = BIO_get_mem_data(plain.get(), &bytes);
    UnsealedContent unsealed{{bytes, bytes + size}, {}};
    for (auto const& key_id : *recipients)
        unsealed.key_ids.emplace_back(key_id.begin(), key_id.end());
    return unsealed;
}

std::optional<std::string> openssl_warning(unsigned long version) {
    constexpr unsigned long patched = 0x30000160;  // 3.0.22
    if (version >= patched) return std::nullopt;
    auto const part = [version](unsigned shift) { return std::to_string(version >> shift & 0xFF); };
    return "OpenSSL " + std::to_string(version >> 28) + "." + part(20) + "." + part(4) +
           " has known faults in opening sealed messages; update it to 3.0.22 or later";
}

std::optional<std::string> openssl_warning() { return openssl_warning(OpenSSL_version_num()); }

}  // namespace crypto
