// The subcommands of dmp-intake. Each prints its own errors, one sentence on standard error, and
// returns the exit code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace intake {

int serve(std::filesystem::path const& config);

int list(std::filesystem::path const& config, bool json);

// Sealed bodies as OUTPUT/<id>.cms, for the machine that holds the opening key; without an id: all.
int fetch(std::filesystem::path const& config, std::optional<std::string> const& id,
          std::filesystem::path const& output);

struct Opening {
    std::filesystem::path key;                    // the receiver's private key
    std::filesystem::path kiosk_ca;               // who certifies the kiosks' signing keys
    std::optional<std::filesystem::path> config;  // take the requests from this intake...
    std::optional<std::filesystem::path> file;    // ...or from one file of `fetch`
    std::optional<std::string> id;                // none: everything received
    std::optional<std::filesystem::path> output;  // a folder; none: standard output
};

int open(Opening const& opening);

}  // namespace intake
