#include "kiosk/intake/credentials.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/crypto/client_authority.hpp"

#include <openssl/ssl.h>

namespace intake {
namespace {

using base::failure;

base::Error problem(Settings const& settings, std::string_view key, base::Error const& error) {
    return setting_error(settings, key, error.detail);
}

base::Error problem(Settings const& settings, std::string_view key,
                    std::filesystem::path const& file, std::string_view reason) {
    return setting_error(settings, key,
                         file.native() + ": " + std::string{reason} + " (" +
                             crypto::openssl_reason() + ")");
}

base::Result<void> refuse_revoked(Settings const& settings, SSL_CTX* context) {
    auto* const store = SSL_CTX_get_cert_store(context);
    auto* const lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());
    if (lookup == nullptr ||
        X509_load_crl_file(lookup, settings.revoked->c_str(), X509_FILETYPE_PEM) < 1)
        return failure(problem(settings, "tls.revoked", *settings.revoked,
                               "not a certificate revocation list in PEM"));
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
    SSL_CTX_set_verify(context, SSL_CTX_get_verify_mode(context), &crypto::accept_an_old_list);
    return {};
}

base::Result<std::shared_ptr<SSL_CTX>> tls_context(Settings const& settings,
                                                   crypto::PrivateKey const& key) {
    std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (!context) return failure(base::Errc::crypto_failed, crypto::openssl_reason());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                           SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET);
    // A resumed session would carry on a certificate that has expired since.
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context.get(), 0);

    if (SSL_CTX_use_certificate_chain_file(context.get(), settings.certificate.c_str()) != 1)
        return failure(problem(settings, "tls.certificate", settings.certificate,
                               "not a certificate chain in PEM"));
    if (SSL_CTX_use_PrivateKey(context.get(), key.handle()) != 1)
        return failure(problem(settings, "tls.key", settings.certificate_key,
                               "does not belong to tls.certificate"));
    if (SSL_CTX_load_verify_file(context.get(), settings.client_ca.c_str()) != 1)
        return failure(problem(settings, "tls.client_ca", settings.client_ca,
                               "not a list of certificates in PEM"));
    SSL_CTX_set_client_CA_list(context.get(), SSL_load_client_CA_file(settings.client_ca.c_str()));
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_verify_depth(context.get(), crypto::longest_client_chain);
    if (settings.revoked)
        if (auto set = refuse_revoked(settings, context.get()); !set) return failure(set.error());
    return context;
}

}  // namespace

base::Result<Credentials> load_credentials(Settings const& settings) {
    auto const certificate = crypto::Certificate::read(settings.certificate);
    if (!certificate) return failure(problem(settings, "tls.certificate", certificate.error()));
    auto const key = crypto::PrivateKey::read(settings.certificate_key);
    if (!key) return failure(problem(settings, "tls.key", key.error()));
    if (auto ca = base::read_file(settings.client_ca); !ca)
        return failure(problem(settings, "tls.client_ca", ca.error()));
    auto receipt_key = crypto::PrivateKey::read(settings.receipt_key);
    if (!receipt_key) return failure(problem(settings, "receipts.key", receipt_key.error()));
    if (certificate->belongs_to(*receipt_key))
        return failure(
            setting_error(settings, "receipts.key",
                          settings.receipt_key.native() +
                              ": is the key of tls.certificate; receipts need their own"));
    auto signer = ReceiptSigner::open(std::move(*receipt_key), settings.node);
    if (!signer)
        return failure(setting_error(settings, "receipts.key",
                                     settings.receipt_key.native() + ": " + signer.error().detail));
    auto context = tls_context(settings, *key);
    if (!context) return failure(context.error());
    return Credentials{std::move(*context), std::move(*signer)};
}

}  // namespace intake
