// Keys and certificates made on the spot, in a folder that goes away with the test.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace pki {

class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    // A file of this folder, readable by its owner alone.
    std::filesystem::path write(std::string_view name, std::string_view content) const;

  private:
    std::filesystem::path path_;
};

using Key = std::shared_ptr<evp_pkey_st>;

Key rsa(unsigned bits = 3072);
Key ec(std::string const& curve = "P-256");

struct Party {
    Key key;
    std::shared_ptr<x509_st> certificate;

    std::string key_pem() const;
    std::string encrypted_key_pem() const;  // by a passphrase
    std::string public_key_pem() const;
    std::string certificate_pem() const;
};

struct Subject {
    std::string name = "kiosk-0001";
    bool authority = false;
    bool key_identifier = true;
    std::string key_usage = {};           // as in openssl.cnf, empty: no restriction
    std::string extended_key_usage = {};  // likewise
    std::chrono::hours from{-24};         // relative to now
    std::chrono::hours until{24 * 365};
    std::string second_name = {};  // another common name
};

// The issuer's list of what it took back (PEM), to be renewed after so long.
std::string revocation_list(Party const& issuer, std::vector<Party> const& revoked,
                            std::chrono::hours next = std::chrono::hours{24});

// Signed by the issuer, or by itself.
Party certify(Key key, Subject const& subject, Party const* issuer = nullptr);

}  // namespace pki
