// A certificate authority of the tests: real keys and certificates, with the dates one asks for.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct evp_pkey_st;
struct x509_st;

namespace intake_tests {

struct KeyPair {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

class Authority {
  public:
    // Writes FOLDER/NAME.pem.
    Authority(std::filesystem::path folder, std::string const& name);

    std::filesystem::path const& certificate() const { return file_; }

    struct Wish {
        std::string common_name;
        long valid_from_days = -1; // relative to now
        long valid_for_days = 30;
        char const* usage = "clientAuth";
    };
    // Writes FOLDER/NAME.pem and FOLDER/NAME.key.
    KeyPair issue(std::string const& name, Wish const& wish) const;

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
    std::shared_ptr<evp_pkey_st> key_;
    std::shared_ptr<x509_st> certificate_;
};

// Writes an EC P-256 key, 0600, and its public half beside it as PATH.pub.
void write_key_pair(std::filesystem::path const& path);

// A key of the wrong kind for a receipt.
void write_rsa_key(std::filesystem::path const& path);

// A folder of its own, removed at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder();
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace intake_tests
