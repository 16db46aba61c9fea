// A store of which everything that is kept or given out is also in the audit log, durable before
// the caller learns of it: whatever cannot be logged did not happen for the caller, who comes
// again.
#pragma once

#include "kiosk/intake/audit_log.hpp"
#include "kiosk/intake/store.hpp"

#include <chrono>
#include <memory>

namespace intake {

class AuditedStore final : public Store {
  public:
    AuditedStore(std::unique_ptr<Store> store, AuditLog log)
        : store_(std::move(store)), log_(std::move(log)) {}
    ~AuditedStore() override;  // keeps the head

    std::vector<base::Result<Outcome>> put(std::span<Arrival const> group) override;
    std::vector<base::Result<Told>> tell(std::span<DmpOutcome const> outcomes) override;
    base::Result<StoredRequest> fetch(crypto::Uuid const& id) override;

    // Neither body nor outcome leaves by these, or only what the kiosk itself brought.
    base::Result<std::vector<Entry>> list(std::int64_t after, std::size_t most) override;
    base::Result<std::vector<DmpOutcomeAt>> outcomes(std::string const& kiosk, std::int64_t after,
                                                     std::size_t most) override;

    base::Result<std::optional<AuditHead>> audit_head() override { return log_.head(); }
    base::Result<void> keep_audit_head(AuditHead const& head) override;
    void note(AuditEntry entry) override;
    void settle() override;

  private:
    base::Result<void> write();

    std::unique_ptr<Store> store_;
    AuditLog log_;
    std::int64_t kept_ = 0;  // seq of the head that the store keeps
    std::chrono::steady_clock::time_point kept_at_{};
};

}  // namespace intake
