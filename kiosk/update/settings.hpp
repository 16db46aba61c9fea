#pragma once

#include "kiosk/update/verdict.hpp"

#include <filesystem>

namespace update {

// judge.toml: what a new version must show, and how long it may take.
struct Settings {
    Limits limits;
    // From the judge's start until the kiosk's proof is there.
    std::chrono::seconds proof_within{120};
    // Longer, for a reader or a receiver that were there before.
    std::chrono::seconds surroundings_within{60};

    static base::Result<Settings> read(std::filesystem::path const& file);
};

}  // namespace update
