#include "kiosk/intake/sqlite_outcomes.hpp"

#include "kiosk/intake/sqlite_support.hpp"

#include <algorithm>

namespace intake {
namespace {

using base::Errc;
using base::failure;

constexpr char schema[] = R"(
CREATE TABLE IF NOT EXISTS outcomes (
    position INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    kiosk    TEXT NOT NULL, -- that brought the request
    outcome  TEXT NOT NULL,
    class    TEXT NOT NULL  -- of a refusal, or empty
) STRICT;
CREATE INDEX IF NOT EXISTS outcomes_of_kiosk ON outcomes (kiosk, position);
CREATE TABLE IF NOT EXISTS audit_head (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    seq   INTEGER NOT NULL,
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    begin INTEGER NOT NULL
) STRICT;)";

SQLite::Database& laid_out(SQLite::Database& database) {
    database.exec(schema);
    return database;
}

// A row whose columns from `first` on are id, outcome and class.
DmpOutcome outcome_of(SQLite::Statement& row, int first) {
    auto const id = crypto::Uuid::from(blob(row.getColumn(first)));
    auto const outcome =
        dmp_outcome(id ? id->text() : std::string{}, row.getColumn(first + 1).getString(),
                    row.getColumn(first + 2).getString());
    if (!outcome) throw SQLite::Exception("a row is damaged", SQLITE_CORRUPT);
    return *outcome;
}

}  // namespace

OutcomeTables::OutcomeTables(SQLite::Database& database)
    : database_(laid_out(database)),
      find_(database_, "SELECT id, outcome, class FROM outcomes WHERE id = ?1"),
      owner_(database_, "SELECT kiosk FROM requests WHERE id = ?1"),
      insert_(database_,
              "INSERT INTO outcomes (id, kiosk, outcome, class) VALUES (?1, ?2, ?3, ?4)"),
      page_(database_, "SELECT position, id, outcome, class FROM outcomes "
                       "WHERE kiosk = ?1 AND position > ?2 ORDER BY position LIMIT ?3"),
      head_(database_, "SELECT seq, hash, begin FROM audit_head"),
      keep_head_(database_, "INSERT OR REPLACE INTO audit_head VALUES (1, ?1, ?2, ?3)") {}

std::optional<DmpOutcome> OutcomeTables::known(crypto::Uuid const& id) {
    Execution row{find_};
    row.bind_blob(1, id.bytes());
    if (!row->executeStep()) return std::nullopt;
    return outcome_of(find_, 0);
}

base::Result<Told> OutcomeTables::tell(DmpOutcome const& outcome) {
    auto const id = outcome.id.text();
    if (auto const first = known(outcome.id)) {
        if (*first == outcome) return Told::before;
        return failure(Errc::conflict, id + ": its outcome is already " + text_of(*first) +
                                           ", and " + text_of(outcome) + " contradicts it");
    }
    Execution owner{owner_};
    owner.bind_blob(1, outcome.id.bytes());
    if (!owner->executeStep()) return failure(Errc::file_missing, id + ": never received");
    Execution row{insert_};
    row.bind_blob(1, outcome.id.bytes());
    row->bind(2, owner_.getColumn(0).getString());
    row->bind(3, std::string{name(outcome.kind)});
    row->bind(4, outcome.refusal_class);
    row->exec();
    return Told::now;
}

std::vector<base::Result<Told>> OutcomeTables::tell(std::span<DmpOutcome const> outcomes) {
    std::vector<base::Result<Told>> told;
    try {
        SQLite::Transaction transaction{database_};
        for (auto const& outcome : outcomes)
            told.push_back(tell(outcome));
        transaction.commit();
    } catch (SQLite::Exception const& problem) {
        told.assign(outcomes.size(), failure(error_of(problem)));
    }
    return told;
}

base::Result<std::vector<DmpOutcomeAt>> OutcomeTables::of(std::string const& kiosk,
                                                          std::int64_t after, std::size_t most) {
    try {
        std::vector<DmpOutcomeAt> found;
        Execution row{page_};
        row->bind(1, kiosk);
        row->bind(2, after);
        row->bind(3, static_cast<std::int64_t>(most));
        while (row->executeStep())
            found.push_back({page_.getColumn(0).getInt64(), outcome_of(page_, 1)});
        return found;
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(problem));
    }
}

base::Result<std::optional<AuditHead>> OutcomeTables::audit_head() {
    try {
        Execution row{head_};
        if (!row->executeStep()) return std::nullopt;
        AuditHead head;
        head.seq = head_.getColumn(0).getInt64();
        auto const hash = head_.getColumn(1);
        if (blob(hash).size() != head.hash.size())
            throw SQLite::Exception("a row is damaged", SQLITE_CORRUPT);
        std::ranges::copy(blob(hash), head.hash.begin());
        head.begin = head_.getColumn(2).getInt64();
        return head;
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(problem));
    }
}

base::Result<void> OutcomeTables::keep_audit_head(AuditHead const& head) {
    try {
        Execution row{keep_head_};
        row->bind(1, head.seq);
        row.bind_blob(2, head.hash);
        row->bind(3, head.begin);
        row->exec();
        return {};
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(problem));
    }
}

}  // namespace intake
