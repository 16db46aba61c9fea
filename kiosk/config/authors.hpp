// The persons in whose name a creation may be requested: a DMP creation always carries an
// authenticated structure and a responsible person (reference message, author/assignedEntity).
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace config {

struct Author {
    std::string id;  // national identifier (PS_IdNat)
    std::string family_name;
    std::string given_name;
    std::string structure_id;  // Struct_IdNat: "1" + FINESS, "3" + SIRET
    std::string structure_name;
    // For the identity check: what `dmp-kiosk hash-pin` printed. Well-formed when it was read.
    std::optional<std::string> pin_hash = std::nullopt;
};

// A TOML file of [[authors]] tables of these keys, pin_hash alone may be absent; at least one, no
// id twice.
base::Result<std::vector<Author>> read_authors(std::filesystem::path const& path);

// Those who may confirm that they saw somebody's identity document.
std::vector<Author> authors_with_pin(std::vector<Author> const& authors);

std::optional<Author> find_author(std::vector<Author> const& authors, std::string_view id);

}  // namespace config
