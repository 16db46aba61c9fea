#include "tests/kiosk/spooler/pki.hpp"

#include "tests/kiosk/spooler/fakes.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace spooler_test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void must(bool done) {
    if (!done) std::abort();
}

File create(fs::path const& path) {
    File file{std::fopen(path.c_str(), "wbe"), &std::fclose};
    must(file != nullptr);
    must(::chmod(path.c_str(), 0600) == 0);
    return file;
}

Key make_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

fs::path write_key(Key const& key, fs::path const& path) {
    must(PEM_write_PrivateKey(create(path).get(), key.get(), nullptr, nullptr, 0, nullptr,
                              nullptr) == 1);
    return path;
}

fs::path write_public(Key const& key, fs::path const& path) {
    must(PEM_write_PUBKEY(create(path).get(), key.get()) == 1);
    return path;
}

fs::path write_certificate(Certificate const& certificate, fs::path const& path) {
    must(PEM_write_X509(create(path).get(), certificate.get()) == 1);
    return path;
}

void extend(X509* certificate, X509* issuer, int identifier, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> const extension{
        X509V3_EXT_conf_nid(nullptr, &context, identifier, value), &X509_EXTENSION_free};
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

// Seconds from now.
struct Validity {
    long from = -3600;
    long to = 86400;
};

// Self-signed when there is no issuer: then it is an authority.
Certificate make_certificate(char const* name, Key const& key, X509* issuer, EVP_PKEY* issuer_key,
                             Validity const& validity = {}) {
    static long serial = 1;
    Certificate certificate{X509_new(), &X509_free};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), validity.from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validity.to);
    X509_set_pubkey(certificate.get(), key.get());
    auto* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<unsigned char const*>(name), -1, -1, 0);
    auto* signer = issuer == nullptr ? certificate.get() : issuer;
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    extend(certificate.get(), signer, NID_basic_constraints,
           issuer == nullptr ? "critical,CA:TRUE" : "critical,CA:FALSE");
    extend(certificate.get(), signer, NID_subject_key_identifier, "hash");
    if (issuer != nullptr) extend(certificate.get(), signer, NID_subject_alt_name, "IP:127.0.0.1");
    must(X509_sign(certificate.get(), issuer_key == nullptr ? key.get() : issuer_key,
                   EVP_sha256()) > 0);
    return certificate;
}

struct Authority {
    Key key;
    Certificate certificate;

    static Authority make(char const* name) {
        auto key = make_key();
        auto certificate = make_certificate(name, key, nullptr, nullptr);
        return {std::move(key), std::move(certificate)};
    }
    void issue(char const* name, fs::path const& key_file, fs::path const& file,
               Validity const& validity = {}) const {
        auto const holder = make_key();
        write_key(holder, key_file);
        write_certificate(make_certificate(name, holder, certificate.get(), key.get(), validity),
                          file);
    }
};

Pki make_pki(fs::path const& folder) {
    auto const authority = Authority::make("Test authority");
    auto const foreign = Authority::make("Foreign authority");
    auto const receipt = make_key();
    auto const foreign_receipt = make_key();
    Key const rsa{EVP_RSA_gen(2048), &EVP_PKEY_free};
    Pki made;
    made.authority = write_certificate(authority.certificate, folder / "ca.pem");
    made.foreign_authority = write_certificate(foreign.certificate, folder / "foreign-ca.pem");
    made.server_key = folder / "server.key";
    made.server_certificate = folder / "server.pem";
    authority.issue("intake", made.server_key, made.server_certificate);
    made.expired_server_key = folder / "expired-server.key";
    made.expired_server_certificate = folder / "expired-server.pem";
    authority.issue("intake", made.expired_server_key, made.expired_server_certificate,
                    {-7200, -3600});
    made.future_server_key = folder / "future-server.key";
    made.future_server_certificate = folder / "future-server.pem";
    authority.issue("intake", made.future_server_key, made.future_server_certificate, {3600, 7200});
    made.expired_client_key = folder / "expired-client.key";
    made.expired_client_certificate = folder / "expired-client.pem";
    authority.issue(kiosk_name, made.expired_client_key, made.expired_client_certificate,
                    {-7200, -3600});
    made.foreign_server_key = folder / "foreign-server.key";
    made.foreign_server_certificate = folder / "foreign-server.pem";
    foreign.issue("intake", made.foreign_server_key, made.foreign_server_certificate);
    made.client_key = folder / "client.key";
    made.client_certificate = folder / "client.pem";
    authority.issue(kiosk_name, made.client_key, made.client_certificate);
    made.second_client_key = folder / "second-client.key";
    made.second_client_certificate = folder / "second-client.pem";
    authority.issue(second_kiosk_name, made.second_client_key, made.second_client_certificate);
    made.other_client_key = folder / "other-client.key";
    made.other_client_certificate = folder / "other-client.pem";
    foreign.issue(kiosk_name, made.other_client_key, made.other_client_certificate);
    made.receipt_key = write_key(receipt, folder / "receipt.key");
    made.receipt_public = write_public(receipt, folder / "receipt.pub");
    made.foreign_receipt_key = write_key(foreign_receipt, folder / "foreign-receipt.key");
    made.rsa_public = write_public(rsa, folder / "rsa.pub");
    return made;
}

}  // namespace

Pki const& pki() {
    static TemporaryFolder const folder;
    static Pki const made = make_pki(folder.path());
    return made;
}

}  // namespace spooler_test
