#include "kiosk/crypto/jws.hpp"

#include "kiosk/crypto/base64.hpp"
#include "kiosk/crypto/jws_signature.hpp"

namespace crypto {
namespace {

using base::Errc;
using base::failure;

// The one header we write and accept: no algorithm is ever chosen by the message.
constexpr std::string_view header = R"({"alg":"ES256"})";

base::ByteView view(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

bool is_p256(evp_pkey_st* key) { return jws_algorithm(key) == "ES256"; }

}  // namespace

base::Result<std::string> sign_jws(std::string_view payload, PrivateKey const& key) {
    if (!is_p256(key.handle()))
        return failure(Errc::key_unusable, "receipts are signed with an ECDSA P-256 key");
    auto input = to_base64url(view(header)) + "." + to_base64url(view(payload));
    auto const signature = sign_jws_input(input, key.handle());
    if (!signature) return failure(signature.error());
    return input + "." + to_base64url(*signature);
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
    auto const signature = from_base64url(compact.substr(second + 1));
    if (!payload || !signature) return failure(Errc::malformed, "not a JWS in compact form");
    auto const verified = verify_jws_input(compact.substr(0, second), *signature, key.handle());
    if (!verified) return failure(verified.error());
    return base::to_text(*payload);
}

}  // namespace crypto
