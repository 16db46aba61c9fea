// Where sealed requests rest, behind a small interface: SQLite in this process today, PostgreSQL
// with several intakes in front later. Ids and hashes are kept for ever; what they seal cannot be
// read here.
#pragma once

#include "drivers/base/bytes.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/uuid.hpp"
#include "kiosk/intake/audit_chain.hpp"
#include "kiosk/intake/dmp_outcome.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace intake {

struct Arrival {
    crypto::Uuid id;
    std::string kiosk;
    crypto::Sha256 sha256;
    std::string received_at;  // RFC 3339, UTC, whole seconds
    std::string receipt;      // given to the kiosk if this arrival is the first of its id
    base::Bytes sealed;
};

struct Outcome {
    enum class Kind {
        stored,
        replayed,  // same id, same content, whoever brings it: it was here already
        conflicting,
    };
    Kind kind;
    std::string received_at;  // of the first arrival; empty when conflicting
};

struct Entry {
    std::int64_t position;  // in order of arrival
    crypto::Uuid id;
    std::string kiosk;
    crypto::Sha256 sha256;
    std::int64_t size;  // of the sealed body, bytes
    std::string received_at;
};

struct StoredRequest {
    Entry entry;
    base::Bytes sealed;
};

// What the subcommands ask, of a running server or of the file.
class StoreReader {
  public:
    StoreReader() = default;
    StoreReader(StoreReader const&) = delete;
    StoreReader& operator=(StoreReader const&) = delete;
    virtual ~StoreReader() = default;

    // The next entries after a position (0: from the first), at most so many; empty at the end.
    virtual base::Result<std::vector<Entry>> list(std::int64_t after, std::size_t most) = 0;

    // Errc::file_missing when the id was never received or its body is no longer kept;
    // Errc::storage_damaged when the body is not what was received.
    virtual base::Result<StoredRequest> fetch(crypto::Uuid const& id) = 0;

    // Keeps what became of requests at the DMP, durable when this returns; one result each, in
    // order. The same again is Told::before; Errc::file_missing for an id never received,
    // Errc::conflict for another outcome than the first, with sentences.
    virtual std::vector<base::Result<Told>> tell(std::span<DmpOutcome const> outcomes) = 0;

    // The newest line of the audit log that is known here; none before the first.
    virtual base::Result<std::optional<AuditHead>> audit_head() = 0;
};

class Store : public StoreReader {
  public:
    // One transaction for the whole group, durable when this returns. One result per arrival, in
    // order. An error is Errc::storage_full, storage_damaged or storage_failed: nothing of that
    // arrival was kept, and it may come again.
    virtual std::vector<base::Result<Outcome>> put(std::span<Arrival const> group) = 0;

    // This kiosk's, in the order in which they were told, after a position (0: from the first).
    virtual base::Result<std::vector<DmpOutcomeAt>>
    outcomes(std::string const& kiosk, std::int64_t after, std::size_t most) = 0;

    virtual base::Result<void> keep_audit_head(AuditHead const& head) = 0;

    // What the store itself does not see, for the audit log if there is one: written with the next
    // of the other acts, or by settle(), which is for moments without work.
    virtual void note(AuditEntry /*entry*/) {}
    virtual void settle() {}
};

}  // namespace intake
