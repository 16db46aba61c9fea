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

} // namespace intake
