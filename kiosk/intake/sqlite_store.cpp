#include "kiosk/intake/sqlite_store.hpp"

#include "kiosk/intake/sqlite_outcomes.hpp"
#include "kiosk/intake/sqlite_support.hpp"

#include <algorithm>
#include <optional>

namespace intake {
namespace {

using base::Errc;
using base::failure;

constexpr int format = 1;
constexpr std::int64_t page_size = 4096;

constexpr char schema[] = R"(
CREATE TABLE requests (
    position    INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    kiosk       TEXT NOT NULL,
    sha256      BLOB NOT NULL CHECK (length(sha256) = 32),
    size        INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    receipt     TEXT NOT NULL,
    sealed      BLOB -- NULL once the receiver is done with it; the rest stays for ever
) STRICT;)";

// The six first columns of every reading statement.
constexpr char columns[] = "position, id, kiosk, sha256, size, received_at";

Entry entry_of(SQLite::Statement& row) {
    auto const id = crypto::Uuid::from(blob(row.getColumn(1)));
    auto const hash = row.getColumn(3);
    Entry entry{row.getColumn(0).getInt64(),  id.value_or(crypto::Uuid{}),
                row.getColumn(2).getString(), {},
                row.getColumn(4).getInt64(),  row.getColumn(5).getString()};
    if (!id || blob(hash).size() != entry.sha256.size())
        throw SQLite::Exception("a row is damaged", SQLITE_CORRUPT);
    std::ranges::copy(blob(hash), entry.sha256.begin());
    return entry;
}

void require(SQLite::Database& database, std::string const& pragma, std::string const& value,
             std::string const& answer) {
    database.exec("PRAGMA " + pragma + " = " + value);
    if (database.execAndGet("PRAGMA " + pragma).getString() != answer)
        throw SQLite::Exception("PRAGMA " + pragma + " was not accepted");
}

void configure(SQLite::Database& database, std::int64_t quota_mib) {
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    require(database, "journal_mode", "WAL", "wal");
    require(database, "synchronous", "FULL", "2");
    require(database, "locking_mode", "EXCLUSIVE", "exclusive");
    require(database, "trusted_schema", "OFF", "0");
    require(database, "cell_size_check", "ON", "1");
    require(database, "wal_autocheckpoint", "1000", "1000");
    require(database, "journal_size_limit", "8388608", "8388608");
    database.exec("PRAGMA mmap_size = 0");
    if (quota_mib > 0)
        database.exec("PRAGMA max_page_count = " +
                      std::to_string(quota_mib * 1024 * 1024 / page_size));
}

void lay_out(SQLite::Database& database) {
    auto const found = database.execAndGet("PRAGMA user_version").getInt();
    if (found > format) throw SQLite::Exception("written by a newer dmp-intake");
    if (found == format) return;
    SQLite::Transaction transaction{database};
    database.exec(schema);
    database.exec("PRAGMA user_version = " + std::to_string(format));
    transaction.commit();
}

}  // namespace

struct SqliteStore::Connection {
    Connection(std::filesystem::path const& file, std::int64_t quota_mib)
        : database{file.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE} {
        configure(database, quota_mib);
        lay_out(database);
        // After a crash SQLite takes back commits that were written but perhaps never reached the
        // disk, and a replay of one of them would be acknowledged. This syncs them first.
        if (database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0)
            throw SQLite::Exception("the log could not be merged");
        insert.emplace(
            database, "INSERT INTO requests (id, kiosk, sha256, size, received_at, receipt, sealed)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        find.emplace(database, std::string{"SELECT "} + columns + " FROM requests WHERE id = ?1");
        page.emplace(database, std::string{"SELECT "} + columns +
                                   " FROM requests WHERE position > ?1 ORDER BY position LIMIT ?2");
        body.emplace(database,
                     std::string{"SELECT "} + columns + ", sealed FROM requests WHERE id = ?1");
        outcomes.emplace(database);
    }

    std::optional<Outcome> known(Arrival const& arrival) {
        Execution row{*find};
        row.bind_blob(1, arrival.id.bytes());
        if (!row->executeStep()) return std::nullopt;
        auto const entry = entry_of(*find);
        if (entry.sha256 != arrival.sha256) return Outcome{Outcome::Kind::conflicting, {}};
        return Outcome{Outcome::Kind::replayed, entry.received_at};
    }

    Outcome put(Arrival const& arrival) {
        if (auto outcome = known(arrival)) return *outcome;
        Execution row{*insert};
        row.bind_blob(1, arrival.id.bytes());
        row->bindNoCopy(2, arrival.kiosk);
        row.bind_blob(3, arrival.sha256);
        row->bind(4, static_cast<std::int64_t>(arrival.sealed.size()));
        row->bindNoCopy(5, arrival.received_at);
        row->bindNoCopy(6, arrival.receipt);
        row.bind_blob(7, arrival.sealed);
        row->exec();
        return Outcome{Outcome::Kind::stored, arrival.received_at};
    }

    SQLite::Database database;
    std::optional<SQLite::Statement> insert, find, page, body;
    std::optional<OutcomeTables> outcomes;
};

SqliteStore::SqliteStore(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
SqliteStore::~SqliteStore() = default;

base::Result<std::unique_ptr<SqliteStore>> SqliteStore::open(std::filesystem::path const& file,
                                                             std::int64_t quota_mib) {
    try {
        return std::unique_ptr<SqliteStore>{
            new SqliteStore{std::make_unique<Connection>(file, quota_mib)}};
    } catch (SQLite::Exception const& problem) {
        auto error = error_of(problem);
        error.detail =
            file.native() + ": " +
            (error.code == Errc::conflict ? "another program has it open" : error.detail);
        return failure(std::move(error));
    }
}

std::vector<base::Result<Outcome>> SqliteStore::put(std::span<Arrival const> group) {
    std::vector<base::Result<Outcome>> outcomes;
    base::Error error;
    try {
        SQLite::Transaction transaction{connection_->database};
        for (auto const& arrival : group)
            outcomes.emplace_back(connection_->put(arrival));
        transaction.commit();
        return outcomes;
    } catch (SQLite::Exception const& problem) {
        error = error_of(problem);
    }
    // Nothing of this group was kept, but what was here before is still here.
    outcomes.clear();
    for (auto const& arrival : group) {
        try {
            auto outcome = connection_->known(arrival);
            outcomes.push_back(outcome ? base::Result<Outcome>{*outcome} : failure(error));
        } catch (SQLite::Exception const& problem) {
            outcomes.push_back(failure(error_of(problem)));
        }
    }
    return outcomes;
}

base::Result<std::vector<Entry>> SqliteStore::list(std::int64_t after, std::size_t most) {
    try {
        std::vector<Entry> entries;
        Execution row{*connection_->page};
        row->bind(1, after);
        row->bind(2, static_cast<std::int64_t>(most));
        while (row->executeStep())
            entries.push_back(entry_of(*connection_->page));
        return entries;
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(problem));
    }
}

base::Result<StoredRequest> SqliteStore::fetch(crypto::Uuid const& id) {
    try {
        Execution row{*connection_->body};
        row.bind_blob(1, id.bytes());
        if (!row->executeStep()) return failure(Errc::file_missing, id.text() + ": never received");
        auto const sealed = connection_->body->getColumn(6);
        if (sealed.isNull())
            return failure(Errc::file_missing, id.text() + ": its body is no longer kept");
        StoredRequest stored{entry_of(*connection_->body),
                             {blob(sealed).begin(), blob(sealed).end()}};
        if (crypto::sha256(stored.sealed) != stored.entry.sha256)
            return failure(Errc::storage_damaged,
                           id.text() + ": its body is not what was received");
        return stored;
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(problem));
    }
}

std::vector<base::Result<Told>> SqliteStore::tell(std::span<DmpOutcome const> outcomes) {
    return connection_->outcomes->tell(outcomes);
}

base::Result<std::vector<DmpOutcomeAt>>
SqliteStore::outcomes(std::string const& kiosk, std::int64_t after, std::size_t most) {
    return connection_->outcomes->of(kiosk, after, most);
}

base::Result<std::optional<AuditHead>> SqliteStore::audit_head() {
    return connection_->outcomes->audit_head();
}

base::Result<void> SqliteStore::keep_audit_head(AuditHead const& head) {
    return connection_->outcomes->keep_audit_head(head);
}

}  // namespace intake
