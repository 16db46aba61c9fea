// What became of this kiosk's requests at the DMP, as the receiver tells it, signed: kept with each
// request as long as its row, and counted for ever on the day of the request, without it.
#pragma once

#include "kiosk/crypto/uuid.hpp"
#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/database.hpp"

#include <array>
#include <vector>

namespace spooler {

enum class DmpOutcome : std::uint8_t { created, already_open, closed_earlier, refused };

inline constexpr std::array dmp_outcomes{DmpOutcome::created, DmpOutcome::already_open,
                                         DmpOutcome::closed_earlier, DmpOutcome::refused};

std::string_view name(DmpOutcome outcome);
std::optional<DmpOutcome> dmp_outcome_named(std::string_view name);

// One answer of the receiver, verified.
struct OutcomePage {
    struct Told {
        crypto::Uuid id;
        DmpOutcome outcome;
        std::string refusal_class;  // of a refusal, or empty
    };
    std::int64_t next;  // from where to ask on
    bool more;          // there is more to ask for at once
    std::vector<Told> told;
};

// The payload of an answer whose signature was verified. Errc::not_authentic when it is not about
// the outcomes of this kiosk after this position: a receipt, another kiosk's, an older answer.
base::Result<OutcomePage> outcome_page(std::string_view payload, std::string_view kiosk,
                                       std::int64_t after);

struct DmpCounts {
    std::array<std::int64_t, dmp_outcomes.size()> told{};  // by DmpOutcome
    std::int64_t count(DmpOutcome outcome) const { return told[static_cast<std::size_t>(outcome)]; }
};

class Outcomes {
  public:
    // The tables are laid out. The database must outlive it.
    explicit Outcomes(Database& database) : database_(&database) {}

    // After which position to ask; 0 before the first answer.
    base::Result<std::int64_t> position();

    // In one transaction with the position: a page is counted once, however often it comes.
    base::Result<void> keep(OutcomePage const& page);

    // Requests that the receiver has and of which it has told no outcome.
    base::Result<std::int64_t> awaited();
    base::Result<DmpCounts> of(std::string_view day);
    base::Result<DmpCounts> of_all_days();

  private:
    Database* database_;
};

// When to ask: not before the uplink had time to work after a start, then at most once an hour.
class OutcomeRounds {
  public:
    explicit OutcomeRounds(BootTime now) : due_at_(now + std::chrono::minutes{5}) {}

    BootTime due_at() const { return due_at_; }
    bool is_due(BootTime now) const { return !asking_ && now >= due_at_; }
    void asked() { asking_ = true; }
    void answered() { asking_ = false; }
    void wait(BootTime now) { due_at_ = now + std::chrono::hours{1}; }

  private:
    BootTime due_at_;
    bool asking_ = false;
};

}  // namespace spooler
