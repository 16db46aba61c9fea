#include "kiosk/crypto/jws.hpp"

#include "kiosk/crypto/base64.hpp"

#include <memory>

#include <openssl/ecdsa.h>
#include <openssl/evp.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

// The one header we write and accept: no algorithm is ever chosen by the message.
constexpr std::string_view header = R"({"alg":"ES256"})";
constexpr int half = 32;  // bytes of r and of s

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Signature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

base::ByteView view(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

bool is_p256(EVP_PKEY const* key) {
    char group[64] = {};
    return EVP_PKEY_get_group_name(key, group, sizeof(group), nullptr) == 1 &&
           std::string_view{group} == "prime256v1";
}

// OpenSSL speaks DER, JWS the two numbers side by side.
base::Result<base::Bytes> raw_from_der(base::ByteView der) {
    auto const* position = der.data();
    Signature const signature{d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())),
                              ECDSA_SIG_free};
    base::Bytes raw(2 * half);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + half, half) != half)
        return failure(Errc::crypto_failed, "signature: " + openssl_reason());
    return raw;
}

base::Result<base::Bytes> der_from_raw(base::ByteView raw) {
    Signature const signature{ECDSA_SIG_new(), ECDSA_SIG_free};
    if (raw.size() != 2 * half || !signature) return failure(Errc::not_authentic, "signature size");
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(raw.data(), half, nullptr),
                   BN_bin2bn(raw.data() + half, half, nullptr));
    unsigned char* buffer = nullptr;
    auto const size = i2d_ECDSA_SIG(signature.get(), &buffer);
    if (size <= 0) return failure(Errc::crypto_failed, openssl_reason());
    base::Bytes der(buffer, buffer + size);
    OPENSSL_free(buffer);
    return der;
}

}  // namespace

base::Result<std::string> sign_jws(std::string_view payload, PrivateKey const& key) {
    if (!is_p256(key.handle()))
        return failure(Errc::key_unusable, "receipts are signed with an ECDSA P-256 key");
    auto input = to_base64url(view(header)) + "." + to_base64url(view(payload));
    Context const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    base::Bytes der(128);
    auto size = der.size();
    if (!context ||
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.handle()) != 1 ||
        EVP_DigestSign(context.get(), der.data(), &size,
                       reinterpret_cast<unsigned char const*>(input.data()), input.size()) != 1)
        return failure(Errc::key_unusable, "sign a receipt: " + openssl_reason());
    der.resize(size);
    auto raw = raw_from_der(der);
    if (!raw) return failure(raw.error());
    return input + "." + to_base64url(*raw);
}

base::Result<std::string> verify_jws(std::string_view compact, PublicKey const& key) {
    if (!is_p256(key.handle()))
        return failure(Errc::key_unusable, "receipts are verified with an ECDSA P-256 key");
    auto const first = compact.find('.');
    auto const second = compact.rfind('.');
    if (first == std::string_view::npos || first == second)
        return failure(Errc::malformed, "not a JWS in compact form");
    if (compact.substr(0, first) != to_base64url(view(header)))
        return failure(Errc::not_authentic, "not an ES256 signature");
    auto const payload = from_base64url(compact.substr(first + 1, second - first - 1));
    auto const raw = from_base64url(compact.substr(second + 1));
    if (!payload || !raw) return failure(Errc::malformed, "not a JWS in compact form");
    auto const der = der_from_raw(*raw);
    if (!der) return failure(der.error());
    auto const input = compact.substr(0, second);
    Context const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    if (!context ||
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.handle()) != 1 ||
        EVP_DigestVerify(context.get(), der->data(), der->size(),
                         reinterpret_cast<unsigned char const*>(input.data()), input.size()) != 1) {
        openssl_reason();
        return failure(Errc::not_authentic, "signature does not verify");
    }
    return base::to_text(*payload);
}

}  // namespace crypto
