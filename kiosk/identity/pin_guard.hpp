// How often an author's PIN may be tried. Five wrong PINs in a row are free of a wait, then each
// makes it longer, and the fifteenth locks; the table stands in kiosk/identity/README.md. Time
// comes in from outside and only ever moves on; no calendar is asked.
#pragma once

#include "kiosk/config/authors.hpp"
#include "kiosk/identity/pin_counts.hpp"

#include <chrono>
#include <functional>
#include <optional>

namespace identity {

using Instant = std::chrono::steady_clock::time_point;

inline constexpr int wrong_until_locked = 15;

// After so many wrong PINs in a row.
std::chrono::seconds wait_after(int wrong);

class PinGuard {
  public:
    // `folder` holds the counts. Whoever has some must wait for them in full from `now` on: nobody
    // can say how long the power was off.
    PinGuard(std::filesystem::path const& folder, std::vector<config::Author> const& authors,
             Instant now);

    // The counts could not be read: they were put aside, and every author waits as after the first
    // five.
    std::optional<base::Error> const& damage() const { return damage_; }

    enum class Gate { open, waiting, locked, no_pin };
    struct Standing {
        Gate gate = Gate::no_pin;
        std::chrono::seconds wait{};  // rounded up; zero unless waiting
        int wrong = 0;                // in a row
    };
    Standing standing(std::string_view author_id, Instant now) const;

    // Looks at a PIN while the gate is open. The attempt is counted on the disk before `verify` is
    // called, so that pulling the plug meanwhile gives nothing away. Nothing was looked at, and
    // nothing stays counted, when it fails.
    enum class Outcome { right, wrong, not_now };
    using Verify = std::function<base::Result<bool>()>;
    base::Result<Outcome> attempt(std::string_view author_id, Instant now, Verify const& verify);

  private:
    struct Entry {
        std::string hash_digest;
        int wrong = 0;
        Instant again_at = Instant::min();
    };
    using Entries = std::map<std::string, Entry, std::less<>>;

    void take(PinCounts const& counts, Instant now);
    void put_aside(base::Error damage, Instant now);
    base::Result<void> save(Entry& entry, int wrong);

    std::filesystem::path file_;
    Entries entries_;
    std::optional<base::Error> damage_;
};

}  // namespace identity
