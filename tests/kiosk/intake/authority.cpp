#include "tests/kiosk/intake/authority.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace intake_tests {
namespace {

void check(bool done, char const* what) {
    if (!done) throw std::runtime_error(what);
}

std::shared_ptr<EVP_PKEY> new_key() {
    std::shared_ptr<EVP_PKEY> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    check(key != nullptr, "EVP_EC_gen");
    return key;
}

template <class Write>
void write_pem(std::filesystem::path const& path, mode_t mode, Write write) {
    std::unique_ptr<FILE, int (*)(FILE*)> const file{std::fopen(path.c_str(), "w"), std::fclose};
    check(file && ::chmod(path.c_str(), mode) == 0 && write(file.get()) == 1, "writing a PEM file");
}

void write_key(std::filesystem::path const& path, EVP_PKEY* key) {
    write_pem(path, 0600, [&](FILE* file) {
        return PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

void extend(X509* certificate, X509* issuer, int nid, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> const extension{
        X509V3_EXT_conf_nid(nullptr, &context, nid, value), X509_EXTENSION_free};
    check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value);
}

std::shared_ptr<X509> new_certificate(Authority::Wish const& wish, EVP_PKEY* key) {
    static std::atomic<long> serial{1};
    std::shared_ptr<X509> certificate{X509_new(), X509_free};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.valid_from_days * 86400);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()),
                    (wish.valid_from_days + wish.valid_for_days) * 86400);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<unsigned char const*>(wish.common_name.data()),
                               static_cast<int>(wish.common_name.size()), -1, 0);
    return certificate;
}

} // namespace

Authority::Authority(std::filesystem::path folder, std::string const& name)
    : folder_(std::move(folder)), file_(folder_ / (name + ".pem")), key_(new_key()) {
    certificate_ = new_certificate({name}, key_.get());
    auto* certificate = certificate_.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    extend(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(certificate, certificate, NID_subject_key_identifier, "hash");
    check(X509_sign(certificate, key_.get(), EVP_sha256()) > 0, "X509_sign");
    write_pem(file_, 0644, [&](FILE* file) { return PEM_write_X509(file, certificate); });
}

KeyPair Authority::issue(std::string const& name, Wish const& wish) const {
    auto const key = new_key();
    auto const certificate = new_certificate(wish, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
    extend(certificate.get(), certificate_.get(), NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate.get(), certificate_.get(), NID_ext_key_usage, wish.usage);
    extend(certificate.get(), certificate_.get(), NID_subject_alt_name, "IP:127.0.0.1");
    check(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0, "X509_sign");
    KeyPair const pair{folder_ / (name + ".pem"), folder_ / (name + ".key")};
    write_pem(pair.certificate, 0644,
              [&](FILE* file) { return PEM_write_X509(file, certificate.get()); });
    write_key(pair.key, key.get());
    return pair;
}

void write_key_pair(std::filesystem::path const& path) {
    auto const key = new_key();
    write_key(path, key.get());
    auto public_half = path;
    public_half += ".pub";
    write_pem(public_half, 0644, [&](FILE* file) { return PEM_write_PUBKEY(file, key.get()); });
}

void write_rsa_key(std::filesystem::path const& path) {
    static std::shared_ptr<EVP_PKEY> const key{EVP_RSA_gen(2048), EVP_PKEY_free};
    write_key(path, key.get());
}

TemporaryFolder::TemporaryFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "intake-XXXXXX").string();
    check(::mkdtemp(pattern.data()) != nullptr, "mkdtemp");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code code;
    std::filesystem::remove_all(path_, code);
}

} // namespace intake_tests
