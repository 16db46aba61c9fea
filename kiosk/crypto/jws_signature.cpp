#include "kiosk/crypto/jws_signature.hpp"

#include "kiosk/crypto/keys.hpp"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

constexpr int least_rsa_bits = 2048;

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Signature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

struct Algorithm {
    std::string_view name;
    EVP_MD const* digest;
    int half;  // bytes of r and of s; 0 for RSA
};

Algorithm algorithm_of(EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= least_rsa_bits)
        return {"PS256", EVP_sha256(), 0};
    char group[64] = {};
    if (EVP_PKEY_get_group_name(key, group, sizeof(group), nullptr) != 1) return {};
    if (std::string_view{group} == "prime256v1") return {"ES256", EVP_sha256(), 32};
    if (std::string_view{group} == "secp384r1") return {"ES384", EVP_sha384(), 48};
    return {};
}

// OpenSSL speaks DER, JWS the two numbers side by side.
base::Result<base::Bytes> raw_from_der(base::ByteView der, int half) {
    auto const* position = der.data();
    Signature const signature{d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())),
                              ECDSA_SIG_free};
    base::Bytes raw(2 * static_cast<std::size_t>(half));
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + half, half) != half)
        return failure(Errc::crypto_failed, "signature: " + openssl_reason());
    return raw;
}

base::Result<base::Bytes> der_from_raw(base::ByteView raw, int half) {
    Signature const signature{ECDSA_SIG_new(), ECDSA_SIG_free};
    if (raw.size() != 2 * static_cast<std::size_t>(half) || !signature)
        return failure(Errc::not_authentic, "signature size");
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(raw.data(), half, nullptr),
                   BN_bin2bn(raw.data() + half, half, nullptr));
    unsigned char* buffer = nullptr;
    auto const size = i2d_ECDSA_SIG(signature.get(), &buffer);
    if (size <= 0) return failure(Errc::crypto_failed, openssl_reason());
    base::Bytes der(buffer, buffer + size);
    OPENSSL_free(buffer);
    return der;
}

// RFC 7518 3.5: the salt is as long as the digest.
bool set_padding(EVP_PKEY_CTX* context, Algorithm const& algorithm) {
    return algorithm.half != 0 ||
           (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
            EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

unsigned char const* data(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

std::string_view jws_algorithm(evp_pkey_st* key) { return algorithm_of(key).name; }

base::Result<base::Bytes> sign_jws_input(std::string_view input, evp_pkey_st* key) {
    auto const algorithm = algorithm_of(key);
    if (algorithm.name.empty()) return failure(Errc::key_unusable, "no key that signs a JWS");
    Context const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_PKEY_CTX* key_context = nullptr;
    base::Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    auto size = signature.size();
    if (!context ||
        EVP_DigestSignInit(context.get(), &key_context, algorithm.digest, nullptr, key) != 1 ||
        !set_padding(key_context, algorithm) ||
        EVP_DigestSign(context.get(), signature.data(), &size, data(input), input.size()) != 1)
        return failure(Errc::key_unusable, "sign: " + openssl_reason());
    signature.resize(size);
    if (algorithm.half == 0) return signature;
    return raw_from_der(signature, algorithm.half);
}

base::Result<void> verify_jws_input(std::string_view input, base::ByteView signature,
                                    evp_pkey_st* key) {
    auto const algorithm = algorithm_of(key);
    if (algorithm.name.empty()) return failure(Errc::key_unusable, "no key that signs a JWS");
    auto form = algorithm.half == 0
                    ? base::Result<base::Bytes>{base::Bytes(signature.begin(), signature.end())}
                    : der_from_raw(signature, algorithm.half);
    if (!form) return failure(form.error());
    Context const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_PKEY_CTX* key_context = nullptr;
    if (!context ||
        EVP_DigestVerifyInit(context.get(), &key_context, algorithm.digest, nullptr, key) != 1 ||
        !set_padding(key_context, algorithm) ||
        EVP_DigestVerify(context.get(), form->data(), form->size(), data(input), input.size()) !=
            1) {
        openssl_reason();
        return failure(Errc::not_authentic, "signature does not verify");
    }
    return {};
}

}  // namespace crypto
