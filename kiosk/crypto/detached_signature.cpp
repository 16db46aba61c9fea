#include "kiosk/crypto/detached_signature.hpp"

#include <openssl/evp.h>

namespace crypto {

base::Result<void> verify_detached(base::ByteView content, base::ByteView signature,
                                   PublicKey const& key) {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context{EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free};
    if (!context || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                         key.handle()) != 1)
        return base::failure(base::Errc::crypto_failed, "signature: " + openssl_reason());
    if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), content.data(),
                         content.size()) == 1)
        return {};
    static_cast<void>(openssl_reason());  // a signature that does not hold is no error of OpenSSL's
    return base::failure(base::Errc::not_authentic, "the signature does not hold");
}

}  // namespace crypto
