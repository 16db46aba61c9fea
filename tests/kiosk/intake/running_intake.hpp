// The real program with real keys, on a port of its own.
#pragma once

#include "drivers/base/process.hpp"
#include "kiosk/crypto/keys.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/intake/client.hpp"

#include <nlohmann/json.hpp>

namespace intake_tests {

pki::Party authority(std::string const& name);

// Keys, certificates and a configuration in a folder; nothing runs yet.
class Site {
  public:
    // The text is added to the configuration: more settings, each under its [section] in full.
    explicit Site(std::string const& more_settings = {});

    std::filesystem::path folder() const { return folder_.path(); }
    std::filesystem::path config() const { return folder() / "intake.toml"; }
    std::filesystem::path database() const { return folder() / "store" / "intake.db"; }
    pki::Party const& kiosk_ca() const { return kiosk_ca_; }
    Identity const& kiosk_1() const { return kiosk_1_; }
    // A client certificate of our authority, or of another.
    Identity client(pki::Subject const& subject, pki::Party const* issuer = nullptr) const;
    Identity client(pki::Party const& party) const;
    std::filesystem::path write(std::string const& name, std::string const& content) const {
        return folder_.write(name, content);
    }
    crypto::PublicKey receipt_key() const;
    // Replaces a piece of the configuration.
    void change(std::string const& piece, std::string const& by) const;

    // Runs dmp-intake to its end: exit code and all it printed.
    struct Ran {
        int exit_code;
        std::string output;
    };
    Ran run(std::vector<std::string> arguments) const;
    Ran run_with_input(std::vector<std::string> arguments,
                       std::filesystem::path const& input) const;

  private:
    pki::TemporaryFolder folder_;
    pki::Party kiosk_ca_;
    Identity kiosk_1_;
};

class RunningIntake {
  public:
    explicit RunningIntake(Site const& site);  // returns once it listens

    std::uint16_t port() const { return port_; }
    base::Process& process() { return process_; }
    Client client(std::optional<Identity> const& identity) const;
    Client kiosk_1() const { return client(site_.kiosk_1()); }
    std::string log() const;

  private:
    Site const& site_;
    base::Process process_;
    std::uint16_t port_ = 0;
};

// The payload of a receipt, after checking its signature and that it stands for these bytes.
nlohmann::json verified_receipt(Site const& site, Reply const& reply, crypto::Uuid const& id,
                                base::Bytes const& body);

std::string text_of(std::filesystem::path const& file);

}  // namespace intake_tests
