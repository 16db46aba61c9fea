#include "kiosk/crypto/certified_jws.hpp"

#include "kiosk/crypto/base64.hpp"
#include "kiosk/crypto/jws_signature.hpp"

#include <optional>

#include <openssl/x509.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

constexpr std::size_t most_certificates = 4;
constexpr std::string_view before_certificates = R"(","x5c":[")";
constexpr std::string_view between_certificates = R"(",")";
constexpr std::string_view after_certificates = R"("]})";

base::ByteView view(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

// One spelling: what is read must be what would have been written.
std::string header_of(std::string_view type, std::string_view algorithm,
                      std::vector<Certificate> const& chain) {
    auto header = R"({"typ":")" + std::string{type} + R"(","alg":")" + std::string{algorithm};
    for (std::size_t i = 0; i < chain.size(); ++i)
        header.append(i == 0 ? before_certificates : between_certificates)
            .append(to_base64(chain[i].der()));
    return header.append(after_certificates);
}

std::optional<std::vector<Certificate>> certificates_in(std::string_view header) {
    auto const begin = header.find(before_certificates);
    if (begin == std::string_view::npos || !header.ends_with(after_certificates))
        return std::nullopt;
    header.remove_prefix(begin + before_certificates.size());
    if (header.size() < after_certificates.size()) return std::nullopt;
    header.remove_suffix(after_certificates.size());
    std::vector<Certificate> chain;
    for (;;) {
        auto const end = header.find(between_certificates);
        auto const der = from_base64(header.substr(0, end));
        if (!der || chain.size() == most_certificates) return std::nullopt;
        auto certificate = Certificate::from_der(*der);
        if (!certificate) return std::nullopt;
        chain.push_back(std::move(*certificate));
        if (end == std::string_view::npos) return chain;
        header.remove_prefix(end + between_certificates.size());
    }
}

evp_pkey_st* key_of(Certificate const& certificate) {
    return X509_get0_pubkey(certificate.handle());
}

}  // namespace

base::Result<std::string> sign_certified(std::string_view type, std::string_view payload,
                                         std::vector<Certificate> const& chain,
                                         PrivateKey const& key) {
    auto const algorithm = jws_algorithm(key.handle());
    if (algorithm.empty())
        return failure(Errc::key_unusable,
                       "this needs an EC P-256, EC P-384 or RSA key of 2048 bits or more");
    if (chain.empty() || chain.size() > most_certificates || !chain.front().belongs_to(key))
        return failure(Errc::key_unusable, "the certificate does not belong to the key");
    auto input =
        to_base64url(view(header_of(type, algorithm, chain))) + "." + to_base64url(view(payload));
    auto const signature = sign_jws_input(input, key.handle());
    if (!signature) return failure(signature.error());
    return input + "." + to_base64url(*signature);
}

base::Result<CertifiedStatement> verify_certified(std::string_view type, std::string_view compact,
                                                  ClientAuthority const& authority) {
    auto const malformed = failure(Errc::malformed, "not a statement of a kiosk");
    auto const first = compact.find('.');
    auto const second = compact.rfind('.');
    if (first == std::string_view::npos || first == second) return malformed;
    auto const header = from_base64url(compact.substr(0, first));
    auto const payload = from_base64url(compact.substr(first + 1, second - first - 1));
    auto const signature = from_base64url(compact.substr(second + 1));
    if (!header || !payload || !signature) return malformed;
    auto const chain = certificates_in(base::to_text(*header));
    if (!chain) return malformed;
    auto* const key = key_of(chain->front());
    if (key == nullptr || jws_algorithm(key).empty() ||
        base::to_text(*header) != header_of(type, jws_algorithm(key), *chain)) {
        openssl_reason();
        return failure(Errc::not_authentic, "a statement of another type");
    }
    if (auto trusted = authority.verify(*chain); !trusted)
        return failure(Errc::not_authentic, "certificate: " + trusted.error().detail);
    if (auto verified = verify_jws_input(compact.substr(0, second), *signature, key); !verified)
        return failure(verified.error());
    return CertifiedStatement{base::to_text(*payload), chain->front()};
}

}  // namespace crypto
