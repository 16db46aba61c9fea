#include "tests/kiosk/crypto/pki.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace pki {
namespace {

void require(bool done) {
    if (!done) throw std::runtime_error("test keys and certificates could not be made");
}

template <class Write>
std::string to_pem(Write write) {
    std::unique_ptr<BIO, decltype(&BIO_free)> const memory{BIO_new(BIO_s_mem()), BIO_free};
    require(write(memory.get()) == 1);
    char* data = nullptr;
    auto const size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

void add_name(X509_NAME* name, std::string const& text) {
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                       reinterpret_cast<unsigned char const*>(text.data()),
                                       static_cast<int>(text.size()), -1, 0) == 1);
}

void add_extension(X509* certificate, X509* issuer, int nid, std::string const& value) {
    if (value.empty()) return;
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "dmp-test-XXXXXX").native();
    require(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(std::string_view name,
                                             std::string_view content) const {
    auto const file = path_ / name;
    std::ofstream{file, std::ios::binary} << content;
    std::filesystem::permissions(file, std::filesystem::perms::owner_read |
                                           std::filesystem::perms::owner_write);
    return file;
}

Key rsa(unsigned bits) { return {EVP_RSA_gen(bits), EVP_PKEY_free}; }
Key ec(std::string const& curve) { return {EVP_EC_gen(curve.c_str()), EVP_PKEY_free}; }

std::string Party::key_pem() const {
    return to_pem([this](BIO* out) {
        return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

std::string Party::encrypted_key_pem() const {
    return to_pem([this](BIO* out) {
        return PEM_write_bio_PKCS8PrivateKey(out, key.get(), EVP_aes_128_cbc(), "passphrase", 10,
                                             nullptr, nullptr);
    });
}

std::string Party::public_key_pem() const {
    return to_pem([this](BIO* out) { return PEM_write_bio_PUBKEY(out, key.get()); });
}

std::string Party::certificate_pem() const {
    return to_pem([this](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
}

Party certify(Key key, Subject const& subject, Party const* issuer) {
    std::shared_ptr<X509> const certificate{X509_new(), X509_free};
    auto* x509 = certificate.get();
    auto* issuing = issuer == nullptr ? x509 : issuer->certificate.get();
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial)) == 1);
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), std::chrono::seconds{subject.from}.count());
    X509_gmtime_adj(X509_getm_notAfter(x509), std::chrono::seconds{subject.until}.count());
    auto* name = X509_get_subject_name(x509);
    if (!subject.name.empty()) add_name(name, subject.name);
    if (!subject.second_name.empty()) add_name(name, subject.second_name);
    X509_set_issuer_name(x509, X509_get_subject_name(issuing));
    X509_set_pubkey(x509, key.get());
    add_extension(x509, issuing, NID_basic_constraints,
                  subject.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    add_extension(x509, issuing, NID_key_usage, subject.key_usage);
    add_extension(x509, issuing, NID_ext_key_usage, subject.extended_key_usage);
    if (subject.key_identifier) add_extension(x509, issuing, NID_subject_key_identifier, "hash");
    auto* signing_key = issuer == nullptr ? key.get() : issuer->key.get();
    require(X509_sign(x509, signing_key, EVP_sha256()) > 0);
    return {std::move(key), certificate};
}

std::string revocation_list(Party const& issuer, std::vector<Party> const& revoked,
                            std::chrono::hours next) {
    std::shared_ptr<X509_CRL> const list{X509_CRL_new(), X509_CRL_free};
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.get()));
    auto const at = [](std::chrono::hours from_now) {
        return std::shared_ptr<ASN1_TIME>{
            X509_gmtime_adj(nullptr, std::chrono::seconds{from_now}.count()), ASN1_TIME_free};
    };
    auto const now = at(std::chrono::hours{-48});
    X509_CRL_set1_lastUpdate(list.get(), now.get());
    X509_CRL_set1_nextUpdate(list.get(), at(next).get());
    for (auto const& party : revoked) {
        auto* const entry = X509_REVOKED_new();
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(party.certificate.get()));
        X509_REVOKED_set_revocationDate(entry, now.get());
        require(X509_CRL_add0_revoked(list.get(), entry) == 1);
    }
    require(X509_CRL_sign(list.get(), issuer.key.get(), EVP_sha256()) > 0);
    return to_pem([&](BIO* out) { return PEM_write_bio_X509_CRL(out, list.get()); });
}

}  // namespace pki
