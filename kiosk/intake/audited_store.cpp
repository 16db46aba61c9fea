#include "kiosk/intake/audited_store.hpp"

#include <spdlog/spdlog.h>

namespace intake {
namespace {

using base::failure;

// Under load the head is kept this often; what is cut off behind it in a power cut is not missed.
constexpr std::chrono::seconds between_heads{1};
constexpr std::size_t most_unwritten = 256;

std::pair<std::string, std::string> act_and_result(base::Result<Outcome> const& outcome) {
    if (!outcome)
        return {"refused", "not stored: " + std::string{base::name(outcome.error().code)}};
    switch (outcome->kind) {
    case Outcome::Kind::stored: return {"stored", {}};
    case Outcome::Kind::replayed: return {"replayed", {}};
    case Outcome::Kind::conflicting: return {"refused", "conflict"};
    }
    return {};
}

}  // namespace

AuditedStore::~AuditedStore() { settle(); }

std::vector<base::Result<Outcome>> AuditedStore::put(std::span<Arrival const> group) {
    auto outcomes = store_->put(group);
    for (std::size_t i = 0; i < group.size(); ++i) {
        auto [act, result] = act_and_result(outcomes[i]);
        log_.add({std::move(act), group[i].kiosk, group[i].id.text(), std::move(result)});
    }
    if (auto const written = write(); !written)
        outcomes.assign(group.size(), failure(written.error()));
    return outcomes;
}

std::vector<base::Result<Told>> AuditedStore::tell(std::span<DmpOutcome const> outcomes) {
    auto told = store_->tell(outcomes);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (told[i])
            log_.add({"outcome", {}, outcomes[i].id.text(), text_of(outcomes[i])});
        else
            log_.add({"refused",
                      {},
                      outcomes[i].id.text(),
                      "outcome: " + std::string{base::name(told[i].error().code)}});
    if (auto const written = write(); !written)
        told.assign(outcomes.size(), failure(written.error()));
    return told;
}

base::Result<StoredRequest> AuditedStore::fetch(crypto::Uuid const& id) {
    auto stored = store_->fetch(id);
    log_.add(
        {"fetched", stored ? stored->entry.kiosk : std::string{}, id.text(),
         stored ? std::string{} : "not given: " + std::string{base::name(stored.error().code)}});
    if (auto const written = write(); !written) return failure(written.error());
    return stored;
}

base::Result<std::vector<Entry>> AuditedStore::list(std::int64_t after, std::size_t most) {
    return store_->list(after, most);
}

base::Result<std::vector<DmpOutcomeAt>>
AuditedStore::outcomes(std::string const& kiosk, std::int64_t after, std::size_t most) {
    return store_->outcomes(kiosk, after, most);
}

base::Result<void> AuditedStore::keep_audit_head(AuditHead const& head) {
    auto kept = store_->keep_audit_head(head);
    kept_at_ = std::chrono::steady_clock::now();
    if (kept) kept_ = head.seq;
    return kept;
}

void AuditedStore::note(AuditEntry entry) {
    log_.add(std::move(entry));
    if (log_.unwritten() >= most_unwritten) settle();
}

void AuditedStore::settle() {
    if (auto const written = log_.write(); !written)
        spdlog::error("audit log: {}", written.error().detail);
    if (log_.head().seq == kept_) return;
    if (auto const kept = keep_audit_head(log_.head()); !kept)
        spdlog::error("audit log: its head was not kept: {}", describe(kept.error()));
}

base::Result<void> AuditedStore::write() {
    if (auto written = log_.write(); !written) {
        spdlog::error("audit log: {}", written.error().detail);
        return failure(base::Errc::storage_failed,
                       "the audit log cannot be written: " + written.error().detail);
    }
    if (std::chrono::steady_clock::now() - kept_at_ >= between_heads) settle();
    return {};
}

}  // namespace intake
