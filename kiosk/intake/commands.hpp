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

// Bundles brought by hand: one, or all of a stick; their receipts are written beside them.
int import_bundles(std::filesystem::path const& config, std::filesystem::path const& path);

struct Opening {
    std::filesystem::path key;                    // the receiver's private key
    std::filesystem::path kiosk_ca;               // who certifies the kiosks' signing keys
    std::optional<std::filesystem::path> config;  // take the requests from this intake...
    std::optional<std::filesystem::path> file;    // ...or from a file or folder of `fetch`
    std::optional<std::string> id;                // none: everything there
    std::optional<std::filesystem::path> audit;   // a log of what was opened
    std::optional<std::filesystem::path> output;  // a folder; none: standard output, for one id
};

int open(Opening const& opening);

// What became of requests at the DMP, for the kiosks that made them.
struct Telling {
    std::filesystem::path config;
    std::optional<std::string> id;  // none: lines on standard input
    std::optional<std::string> outcome;
    std::string refusal_class;
};

int tell_outcomes(Telling const& telling);

struct AuditCheck {
    std::optional<std::filesystem::path> config;  // the log of this intake...
    std::optional<std::filesystem::path> file;    // ...or a file
    std::optional<std::string> head;              // kept by the operator; none: by the store
};

int verify_audit(AuditCheck const& check);
int print_audit_head(std::filesystem::path const& config);

}  // namespace intake
