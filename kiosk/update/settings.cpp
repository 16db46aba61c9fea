#include "kiosk/update/settings.hpp"

#include "drivers/base/toml_file.hpp"

namespace update {

base::Result<Settings> Settings::read(std::filesystem::path const& file) {
    auto toml = base::TomlFile::open(file);
    if (!toml) return base::failure(toml.error());
    auto const answer = toml->integer("slowest_answer_ms", 1, 60'000);
    if (!answer) return base::failure(answer.error());
    auto const proof = toml->integer("proof_within_s", 20, 3'600);
    if (!proof) return base::failure(proof.error());
    auto const surroundings = toml->integer("surroundings_within_s", 0, 3'600);
    if (!surroundings) return base::failure(surroundings.error());
    if (auto known = toml->no_other_keys(); !known) return base::failure(known.error());
    Settings settings;
    settings.limits.slowest_answer = std::chrono::milliseconds{*answer};
    settings.proof_within = std::chrono::seconds{*proof};
    settings.surroundings_within = std::chrono::seconds{*surroundings};
    return settings;
}

}  // namespace update
