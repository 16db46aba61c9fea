// The tables beside the requests: what became of them at the DMP, and the newest line of the audit
// log. Added to the file when they are missing; a program that does not know them leaves them
// alone.
#pragma once

#include "kiosk/intake/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace intake {

class OutcomeTables {
  public:
    // The database must outlive it. Throws what SQLiteCpp throws.
    explicit OutcomeTables(SQLite::Database& database);

    // These do not throw; see Store.
    std::vector<base::Result<Told>> tell(std::span<DmpOutcome const> outcomes);
    base::Result<std::vector<DmpOutcomeAt>> of(std::string const& kiosk, std::int64_t after,
                                               std::size_t most);
    base::Result<std::optional<AuditHead>> audit_head();
    base::Result<void> keep_audit_head(AuditHead const& head);

  private:
    base::Result<Told> tell(DmpOutcome const& outcome);
    std::optional<DmpOutcome> known(crypto::Uuid const& id);

    SQLite::Database& database_;
    SQLite::Statement find_, owner_, insert_, page_, head_, keep_head_;
};

}  // namespace intake
