// What happens to an outbox file that is damaged: it is set aside whole, patients are served from a
// fresh one, and its rows are carried over one by one. A body that was already sent is sent again
// under the same id, which the receiver answers with the same receipt.
#pragma once

#include "kiosk/spooler/database.hpp"

#include <vector>

namespace spooler {

struct SalvageReport {
    std::int64_t restored = 0;
    std::int64_t lost =
        0;  // at most: rows that no longer could be read or no longer had their hash
    bool countable = true;  // false: the file was so damaged that nobody knows how many were in it
};

// Moves the database and its log together to quarantine/<boot>-<n>/, durably; that folder.
// The database must be closed. Where quarantine/ cannot be made or entered it is quarantine-2/.
base::Result<std::filesystem::path> set_aside(std::filesystem::path const& folder,
                                              std::string const& database);

class Salvage {
  public:
    // Reads the quarantined file; one that cannot be read at all gives a salvage that ends at once.
    // It cannot have more pages than the quota gave it.
    static Salvage open(std::filesystem::path const& quarantined, std::string const& database,
                        std::int64_t most_pages);

    // The day's opening, the ledger and the counters, before anybody is served.
    base::Result<void> carry_over_the_day(Database& fresh);

    // Carries over some rows, each under its seq.
    base::Result<void> step(Database& fresh, int rows);
    bool done() const { return next_ > last_; }

    // When done: writes the report, and removes a file of which nothing was lost. Until then the
    // next start begins this salvage again.
    base::Result<void> finish();

  private:
    Salvage(std::filesystem::path folder, std::string database, std::optional<Database> damaged)
        : folder_(std::move(folder)), database_(std::move(database)), damaged_(std::move(damaged)) {
    }

    void find_last(std::filesystem::path const& file);
    base::Result<void> carry_over(Database& fresh, std::int64_t seq);
    base::Result<void> carry_over_outcome(Database& fresh, std::int64_t seq);

    std::filesystem::path folder_;
    std::string database_;
    std::optional<Database> damaged_;
    bool knows_offered_ = false;
    bool knows_outcome_ = false;
    std::int64_t next_ = 1;
    std::int64_t last_ = 0;
    SalvageReport report_;
};

// What lies in quarantine: finished salvages, and folders whose salvage a restart cut short.
struct Quarantine {
    std::vector<SalvageReport> reports;
    std::vector<std::filesystem::path> unfinished;

    static Quarantine read(std::filesystem::path const& folder);
};

}  // namespace spooler
