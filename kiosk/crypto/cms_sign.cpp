#include "kiosk/crypto/cms.hpp"

#include "kiosk/crypto/cms_support.hpp"

#include <openssl/x509_vfy.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

using Store = std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)>;

Store store_of(std::vector<Certificate> const& trusted) {
    Store store{X509_STORE_new(), X509_STORE_free};
    if (!store) return store;
    for (auto const& certificate : trusted)
        X509_STORE_add_cert(store.get(), certificate.handle());
    // A subordinate authority may be the trusted one.
    X509_STORE_set_flags(store.get(), X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
    return store;
}

// One signer, SHA-256, and signed attributes: without them a signature over content could be passed
// off as one over attributes, and the other way round.
bool follows_profile(CMS_ContentInfo* cms) {
    if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed || CMS_is_detached(cms) != 0 ||
        OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
        return false;
    auto* signers = CMS_get0_SignerInfos(cms);
    if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1) return false;
    auto* signer = sk_CMS_SignerInfo_value(signers, 0);
    X509_ALGOR* digest = nullptr;
    CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, nullptr);
    ASN1_OBJECT const* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, digest);
    return OBJ_obj2nid(algorithm) == NID_sha256 && CMS_signed_get_attr_count(signer) > 0;
}

base::Result<Certificate> signer_of(CMS_ContentInfo* cms) {
    std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> const signers{
        CMS_get0_signers(cms), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }};
    if (!signers || sk_X509_num(signers.get()) != 1)
        return failure(Errc::not_authentic, "one signer is expected");
    unsigned char* buffer = nullptr;
    auto const size = i2d_X509(sk_X509_value(signers.get(), 0), &buffer);
    if (size <= 0) return failure(Errc::crypto_failed, openssl_reason());
    base::Bytes const der(buffer, buffer + size);
    OPENSSL_free(buffer);
    return Certificate::from_der(der);
}

}  // namespace

base::Result<SecretBytes> sign_cms(base::ByteView content, Certificate const& signer,
                                   PrivateKey const& key) {
    Cms const cms{CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_PARTIAL | CMS_BINARY)};
    SecretBytes der;
    if (!cms ||
        CMS_add1_signer(cms.get(), signer.handle(), key.handle(), EVP_sha256(), CMS_NOSMIMECAP) ==
            nullptr ||
        !embed(cms.get(), content) || !encode_cms(cms.get(), der))
        return failure(Errc::crypto_failed, "sign: " + openssl_reason());
    return der;
}

base::Result<SignedContent> verify_cms(base::ByteView der,
                                       std::vector<Certificate> const& trusted) {
    auto const cms = parse_cms(der);
    if (!cms || !follows_profile(cms.get())) {
        openssl_reason();
        return failure(Errc::not_authentic, "not a message signed by a kiosk");
    }
    auto const store = store_of(trusted);
    if (!store) return failure(Errc::crypto_failed, openssl_reason());
    if (CMS_verify(cms.get(), nullptr, store.get(), nullptr, nullptr, CMS_BINARY) != 1)
        return failure(Errc::not_authentic, "signature: " + openssl_reason());
    auto signer = signer_of(cms.get());
    if (!signer) return failure(signer.error());
    auto* content = CMS_get0_content(cms.get());
    if (content == nullptr || *content == nullptr)
        return failure(Errc::not_authentic, "a signature over nothing");
    auto const* bytes = ASN1_STRING_get0_data(*content);
    return SignedContent{{bytes, bytes + ASN1_STRING_length(*content)}, std::move(*signer)};
}

}  // namespace crypto
