// The store in one SQLite file. This process is the only opener and has one connection: Debian's
// SQLite 3.40.1 may lose a commit when two connections write and checkpoint at once (the
// "WAL-reset" bug, https://www.sqlite.org/wal.html), so the file is locked for as long as the store
// lives.
#pragma once

#include "kiosk/intake/store.hpp"

#include <filesystem>
#include <memory>

namespace intake {

class SqliteStore final : public Store {
  public:
    // Made when missing. quota_mib 0: none. Errc::conflict when another program has it open.
    static base::Result<std::unique_ptr<SqliteStore>> open(std::filesystem::path const& file,
                                                           std::int64_t quota_mib);
    ~SqliteStore() override;

    std::vector<base::Result<Outcome>> put(std::span<Arrival const> group) override;
    base::Result<std::vector<Entry>> list(std::int64_t after, std::size_t most) override;
    base::Result<StoredRequest> fetch(crypto::Uuid const& id) override;
    std::vector<base::Result<Told>> tell(std::span<DmpOutcome const> outcomes) override;
    base::Result<std::vector<DmpOutcomeAt>> outcomes(std::string const& kiosk, std::int64_t after,
                                                     std::size_t most) override;
    base::Result<std::optional<AuditHead>> audit_head() override;
    base::Result<void> keep_audit_head(AuditHead const& head) override;

  private:
    struct Connection;
    explicit SqliteStore(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace intake
