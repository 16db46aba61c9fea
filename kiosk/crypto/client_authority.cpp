#include "kiosk/crypto/client_authority.hpp"

#include "drivers/base/files.hpp"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

constexpr int security_level = 2;  // as in a handshake: no SHA-1, no RSA below 2048 bits

base::Result<void> load_revoked(X509_STORE* store, std::filesystem::path const& revoked) {
    if (auto readable = base::read_file(revoked); !readable) return failure(readable.error());
    auto* const lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());
    if (lookup == nullptr || X509_load_crl_file(lookup, revoked.c_str(), X509_FILETYPE_PEM) < 1)
        return failure(Errc::key_unusable, revoked.native() +
                                               ": not a certificate revocation list in PEM (" +
                                               openssl_reason() + ")");
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
    return {};
}

}  // namespace

int accept_an_old_list(int accepted, x509_store_ctx_st* context) {
    if (accepted == 1 || X509_STORE_CTX_get_error(context) != X509_V_ERR_CRL_HAS_EXPIRED)
        return accepted;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

base::Result<ClientAuthority>
ClientAuthority::read(std::filesystem::path const& certificates,
                      std::optional<std::filesystem::path> const& revoked) {
    auto const authorities = Certificate::read_all(certificates);
    if (!authorities) return failure(authorities.error());
    std::shared_ptr<X509_STORE> store{X509_STORE_new(), X509_STORE_free};
    if (!store) return failure(Errc::crypto_failed, openssl_reason());
    for (auto const& authority : *authorities)
        X509_STORE_add_cert(store.get(), authority.handle());
    if (revoked)
        if (auto loaded = load_revoked(store.get(), *revoked); !loaded)
            return failure(loaded.error());
    X509_STORE_set_verify_cb(store.get(), &accept_an_old_list);
    return ClientAuthority{std::move(store)};
}

base::Result<void> ClientAuthority::verify(std::vector<Certificate> const& chain) const {
    if (chain.empty()) return failure(Errc::not_authentic, "no certificate");
    std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> const context{
        X509_STORE_CTX_new(), X509_STORE_CTX_free};
    std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> const between{
        sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }};
    if (!context || !between) return failure(Errc::crypto_failed, openssl_reason());
    for (std::size_t i = 1; i < chain.size(); ++i)
        sk_X509_push(between.get(), chain[i].handle());
    if (X509_STORE_CTX_init(context.get(), store_.get(), chain.front().handle(), between.get()) !=
            1 ||
        X509_STORE_CTX_set_default(context.get(), "ssl_client") != 1)
        return failure(Errc::crypto_failed, openssl_reason());
    auto* const parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_depth(parameters, longest_client_chain);
    X509_VERIFY_PARAM_set_auth_level(parameters, security_level);
    if (X509_verify_cert(context.get()) == 1) return {};
    auto const code = X509_STORE_CTX_get_error(context.get());
    openssl_reason();
    return failure(Errc::not_authentic, X509_verify_cert_error_string(code));
}

}  // namespace crypto
