#include "kiosk/crypto/keys.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/crypto/digest.hpp"

#include <algorithm>
#include <ctime>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace crypto {
namespace {

using base::Errc;
using base::failure;

std::shared_ptr<BIO> memory(base::ByteView content) {
    return {BIO_new_mem_buf(content.data(), static_cast<int>(content.size())), BIO_free};
}

// Refuses encrypted keys instead of asking for a passphrase on a terminal nobody watches.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) { return -1; }

std::shared_ptr<X509> next_certificate(BIO* pem) {
    return {PEM_read_bio_X509(pem, nullptr, no_passphrase, nullptr), X509_free};
}

std::chrono::system_clock::time_point to_time(ASN1_TIME const* time) {
    std::tm calendar{};
    if (ASN1_TIME_to_tm(time, &calendar) != 1) return {};
    return std::chrono::system_clock::from_time_t(::timegm(&calendar));
}

}  // namespace

std::string openssl_reason() {
    auto const code = ERR_peek_last_error();
    ERR_clear_error();
    char const* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? "no reason given" : reason;
}

base::Result<PrivateKey> PrivateKey::read(std::filesystem::path const& pem) {
    auto content = base::read_secret_file(pem);
    if (!content) return failure(content.error());
    std::shared_ptr<EVP_PKEY> key{
        PEM_read_bio_PrivateKey(memory(*content).get(), nullptr, no_passphrase, nullptr),
        EVP_PKEY_free};
    cleanse(content->data(), content->size());
    if (!key)
        return failure(Errc::key_unusable,
                       pem.native() + ": not a private key in PEM (" + openssl_reason() + ")");
    return PrivateKey{std::move(key)};
}

base::Result<PublicKey> PublicKey::read(std::filesystem::path const& pem) {
    auto content = base::read_file(pem);
    if (!content) return failure(content.error());
    std::shared_ptr<EVP_PKEY> key{
        PEM_read_bio_PUBKEY(memory(*content).get(), nullptr, no_passphrase, nullptr),
        EVP_PKEY_free};
    if (!key)
        return failure(Errc::key_unusable,
                       pem.native() + ": not a public key in PEM (" + openssl_reason() + ")");
    return PublicKey{std::move(key)};
}

base::Result<Certificate> Certificate::read(std::filesystem::path const& pem) {
    auto content = base::read_file(pem);
    if (!content) return failure(content.error());
    auto certificate = next_certificate(memory(*content).get());
    if (!certificate)
        return failure(Errc::key_unusable,
                       pem.native() + ": not a certificate in PEM (" + openssl_reason() + ")");
    return Certificate{std::move(certificate)};
}

base::Result<std::vector<Certificate>> Certificate::read_all(std::filesystem::path const& pem) {
    auto content = base::read_file(pem);
    if (!content) return failure(content.error());
    auto const source = memory(*content);
    std::vector<Certificate> certificates;
    while (auto certificate = next_certificate(source.get()))
        certificates.push_back(Certificate{std::move(certificate)});
    // The end of the file is the one good reason to stop.
    bool const at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    auto const reason = openssl_reason();
    if (certificates.empty() || !at_end)
        return failure(Errc::key_unusable,
                       pem.native() + ": not certificates in PEM (" + reason + ")");
    return certificates;
}

base::Result<Certificate> Certificate::from_der(base::ByteView der) {
    auto const* position = der.data();
    std::shared_ptr<X509> certificate{d2i_X509(nullptr, &position, static_cast<long>(der.size())),
                                      X509_free};
    if (!certificate || position != der.data() + der.size())
        return failure(Errc::malformed, "not a certificate in DER");
    return Certificate{std::move(certificate)};
}

std::string Certificate::common_name() const {
    auto* subject = X509_get_subject_name(certificate_.get());
    auto const first = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (first < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, first) >= 0) return {};
    unsigned char* utf8 = nullptr;
    auto const size =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, first)));
    if (size < 0) return {};
    std::string name(utf8, utf8 + size);
    OPENSSL_free(utf8);
    if (std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) return {};
    return name;
}

base::Bytes Certificate::der() const {
    unsigned char* buffer = nullptr;
    auto const size = i2d_X509(certificate_.get(), &buffer);
    if (size <= 0) return {};
    base::Bytes bytes(buffer, buffer + size);
    OPENSSL_free(buffer);
    return bytes;
}

base::Bytes Certificate::subject_key_identifier() const {
    auto const* identifier = X509_get0_subject_key_id(certificate_.get());
    if (identifier == nullptr) return {};
    auto const* data = ASN1_STRING_get0_data(identifier);
    return {data, data + ASN1_STRING_length(identifier)};
}

bool Certificate::belongs_to(PrivateKey const& key) const {
    return X509_check_private_key(certificate_.get(), key.handle()) == 1;
}

Validity Certificate::validity() const {
    return {to_time(X509_get0_notBefore(certificate_.get())),
            to_time(X509_get0_notAfter(certificate_.get()))};
}

}  // namespace crypto
