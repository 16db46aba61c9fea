// What became of a request at the DMP, as the software that talks to it tells us, and as the kiosk
// that made the request learns it.
#pragma once

#include "kiosk/crypto/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake {

// For a refusal: a word of that software's own choice, the same for all of a kind.
inline constexpr std::size_t longest_refusal_class = 32;

struct DmpOutcome {
    enum class Kind : std::uint8_t { created, already_open, closed_earlier, refused };
    crypto::Uuid id;
    Kind kind;
    std::string refusal_class = {};  // empty unless refused, and perhaps then

    bool operator==(DmpOutcome const&) const = default;
};

enum class Told : std::uint8_t { now, before };

struct DmpOutcomeAt {
    std::int64_t position;  // in the order in which outcomes were told
    DmpOutcome outcome;
};

std::string_view name(DmpOutcome::Kind kind);

// From words: Errc::malformed with the sentence that says which are allowed.
base::Result<DmpOutcome> dmp_outcome(std::string_view id, std::string_view kind,
                                     std::string_view refusal_class);

// "refused (unknown_identity)", "created"
std::string text_of(DmpOutcome const& outcome);

}  // namespace intake
