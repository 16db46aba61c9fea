// Private keys and certificates from PEM files. OpenSSL's own types stay behind this door.
#pragma once

#include "drivers/base/bytes.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace crypto {

class PrivateKey {
  public:
    // The file must be readable by its owner alone. Errors name the file, never its content.
    static base::Result<PrivateKey> read(std::filesystem::path const& pem);

    evp_pkey_st* handle() const { return key_.get(); }

  private:
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

class PublicKey {
  public:
    static base::Result<PublicKey> read(std::filesystem::path const& pem);

    evp_pkey_st* handle() const { return key_.get(); }

  private:
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

struct Validity {
    std::chrono::system_clock::time_point from;
    std::chrono::system_clock::time_point until;

    bool covers(std::chrono::system_clock::time_point when) const {
        return from <= when && when <= until;
    }
};

class Certificate {
  public:
    static base::Result<Certificate> read(std::filesystem::path const& pem);
    // Every certificate of the file, at least one.
    static base::Result<std::vector<Certificate>> read_all(std::filesystem::path const& pem);
    static base::Result<Certificate> from_der(base::ByteView der);

    // Common name of the subject: the kiosk's or the service's name. Empty unless there is exactly
    // one and it is a text without control characters, so that no name can look like another.
    std::string common_name() const;
    base::Bytes der() const;
    // The subject key identifier extension (RFC 5280 4.2.1.2); empty when the certificate has none.
    base::Bytes subject_key_identifier() const;
    bool belongs_to(PrivateKey const& key) const;
    Validity validity() const;

    x509_st* handle() const { return certificate_.get(); }

  private:
    explicit Certificate(std::shared_ptr<x509_st> certificate)
        : certificate_(std::move(certificate)) {}
    std::shared_ptr<x509_st> certificate_;
};

// The reason OpenSSL noted last on this thread, for Error::detail; clears the queue.
std::string openssl_reason();

}  // namespace crypto
