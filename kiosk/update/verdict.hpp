// Whether a new version has proved itself: what was seen, against limits and against how it was
// before.
#pragma once

#include "kiosk/update/state.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace update {

// What dmp-kiosk says of itself (/run/dmp-kiosk/proof.json, kiosk/self_proof.hpp).
struct Proof {
    std::vector<std::chrono::milliseconds> answers;  // from a posted event to a fresh frame
    bool has_reader = false;
    bool drew_attract = false;
    std::string closed_for = {};  // the code of the trouble on the screen, if it never drew attract
};

// Nothing for what is no proof: cut off, or of another version.
std::optional<Proof> parse_proof(std::string_view text);

// What dmp-spooler says: its answer to {"do":"status"}.
struct SpoolerAnswer {
    std::string trouble = {};  // why it takes no request: full, too_old, damaged; empty: it does
    bool day_is_open = false;
    bool balance_holds = false;
    bool reaches_intake = false;
    std::string uplink_cause = {};  // empty: none, or nothing was to be sent
};

std::optional<SpoolerAnswer> parse_status(std::string_view text);

struct Evidence {
    std::optional<Proof> proof;
    std::optional<SpoolerAnswer> spooler;
};

struct Limits {
    std::chrono::milliseconds slowest_answer{200};
    std::size_t answers = 10;
};

struct Verdict {
    // Nothing: it has proved itself. Else why not, in a sentence for staff.
    std::optional<std::string> reason;
    bool is_its_own = true;  // the version's fault, as far as one can tell

    bool good() const { return !reason; }
};

// Without `before` (no version ever proved itself here) the surroundings are not compared.
Verdict judge(Evidence const& evidence, std::optional<Surroundings> const& before,
              Limits const& limits);

Surroundings surroundings_of(Evidence const& evidence);

}  // namespace update
