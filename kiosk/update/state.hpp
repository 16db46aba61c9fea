// What a machine remembers of its updates outside of the slots, in a folder of root's: the oldest
// build it still takes, the versions that failed here, how it was when last all was well, the trial
// that runs, and the history for staff. Every file is whole after a power cut.
#pragma once

#include "kiosk/slots/boot_entry.hpp"
#include "kiosk/slots/release.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace update {

using slots::Release;
using slots::Slot;

// A version that was tried and given up.
struct Failure {
    Release release;
    std::string reason;     // a sentence for staff
    bool is_its_own = true;  // not the network's, the reader's or the mains'
};

struct Trial {
    Slot slot;
    Release release;
    int starts = 0;            // of the slot, without a verdict
    int ended_by_the_mains = 0;  // of these, as far as the supervision board saw it
};

// How a slot that has proved itself found its surroundings.
struct Surroundings {
    bool has_reader = false;
    bool reaches_intake = false;
    std::string uplink_cause = {};  // the spooler's word why nothing goes out; empty: none
    std::string closed_for = {};    // the code of the trouble on the screen; empty: attract
    bool balance_holds = true;      // of the queue: what was recorded is there or was sent

    bool operator==(Surroundings const&) const = default;
};

class State {
  public:
    // The folder is made when it is missing; the one above it exists.
    static base::Result<State> open(std::filesystem::path const& folder);

    // The highest build that ever proved itself here; 0: none yet. What stands there and is no
    // number is an error: forgetting it would open the way to old versions.
    base::Result<std::int64_t> floor() const;
    base::Result<void> raise_floor(std::int64_t build) const;

    // Oldest first; damaged lines are left out.
    std::vector<Failure> failures() const;
    base::Result<void> add(Failure const& failure) const;

    std::optional<Trial> trial() const;
    base::Result<void> keep(Trial const& trial) const;
    base::Result<void> end_trial() const;

    std::optional<Surroundings> last_good() const;
    base::Result<void> keep(Surroundings const& surroundings) const;

    // Whether this start of the machine follows one that ended because dmp-kiosk crashed again and
    // again. The mark made by one start is the next one's, and no later one's.
    bool follows_a_crash() const;
    base::Result<void> mark_crash() const;
    base::Result<void> age_crash_mark() const;

    // One line more; the oldest go when there are too many. `what` is one of a few words: accepted,
    // gave_up, refused, try_given_back, crashed.
    base::Result<void> tell(std::string_view what, Release const& release,
                            std::string_view sentence) const;

  private:
    explicit State(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::string text(char const* name) const;  // empty when there is none
    base::Result<void> replace(char const* name, std::string const& text) const;
    base::Result<void> remove(char const* name) const;
    base::Result<void> append_line(char const* name, std::string const& line,
                                   std::size_t most) const;

    std::filesystem::path folder_;
};

}  // namespace update
