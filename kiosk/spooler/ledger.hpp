// How each day's sessions ended, without any person: the balance staff and the operator check.
// For every day: started = the seven outcomes + those still running.
#pragma once

#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/database.hpp"

#include <array>

namespace spooler {

enum class Outcome : std::uint8_t {
    recorded,
    refused,
    thought_it_over,
    timed_out,
    left,
    troubled,
    interrupted,  // by a power cut or a crash: nobody told how it ended
};

inline constexpr std::array outcomes{
    Outcome::recorded, Outcome::refused,  Outcome::thought_it_over, Outcome::timed_out,
    Outcome::left,     Outcome::troubled, Outcome::interrupted};

std::string_view name(Outcome outcome);
std::optional<Outcome> outcome_named(std::string_view name);

struct DayLedger {
    std::int64_t started = 0;
    std::int64_t running = 0;
    std::array<std::int64_t, outcomes.size()> ended{};  // by Outcome

    std::int64_t count(Outcome outcome) const { return ended[static_cast<std::size_t>(outcome)]; }
    bool balanced() const;
};

class Ledger {
  public:
    // The tables are laid out. Both must outlive it.
    Ledger(Database& database, Clock const& clock) : database_(&database), clock_(&clock) {}

    // The highest number of a session that runs; 0 when none does.
    base::Result<std::int64_t> last_running();

    // Sessions up to this number were left open by a former run: they become interrupted.
    base::Result<void> interrupt_up_to(std::int64_t session);

    // A number that is never used twice.
    base::Result<std::int64_t> started();

    // Counts on the day the session started. Errc::conflict when no such session runs.
    base::Result<void> ended(std::int64_t session, Outcome outcome);

    base::Result<std::int64_t> running();
    base::Result<DayLedger> day(std::string_view day);

  private:
    Database* database_;
    Clock const* clock_;
};

}  // namespace spooler
