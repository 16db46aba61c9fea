#include "kiosk/spooler/schema.hpp"

#include "kiosk/spooler/carried.hpp"

namespace spooler {
namespace {

using base::failure;

// The body comes last, so that no other column has to be looked for behind its overflow pages; what
// was added later is short and is read rarely. next_due is a turn, not a time: a stored time would
// mean something else after the clock was set.
constexpr std::string_view outbox = R"(
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_due INTEGER NOT NULL DEFAULT 0,
  key_id BLOB NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  day TEXT NOT NULL,
  settled_day TEXT,
  refusal INTEGER,
  receipt TEXT,
  sealed BLOB,
  CHECK ((sealed IS NULL) = (state IN (1, 4))),
  CHECK (state <> 1 OR receipt IS NOT NULL)
) STRICT)";

// Both hold all that counting needs; an enqueue touches only the first. A query finds a partial
// index only when it repeats its condition word for word.
constexpr std::string_view waiting_index =
    "CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (next_due, day, seq, state) "
    "WHERE state IN (0, 3)";
constexpr std::string_view settled_index =
    "CREATE INDEX IF NOT EXISTS outbox_settled ON outbox (state, settled_day, day, refusal) "
    "WHERE state IN (1, 2, 4)";

constexpr std::string_view ledger = R"(
CREATE TABLE IF NOT EXISTS ledger (
  day TEXT NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, outcome)
) STRICT, WITHOUT ROWID)";

// AUTOINCREMENT, because the number of an ended session must not end a later one.
constexpr std::string_view session = R"(
CREATE TABLE IF NOT EXISTS session (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL
) STRICT)";

constexpr std::string_view opening = R"(
CREATE TABLE IF NOT EXISTS opening (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  author TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL
) STRICT)";

// Numbers that outlive the rows they count: 'recorded' (no seq above it was ever given), 'purged'
// (receipted rows forgotten), 'damaged' (rows no salvage could read), 'bundles' (the last number
// given to one).
constexpr std::string_view counter = R"(
CREATE TABLE IF NOT EXISTS counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID)";

// Whether it was ever handed to the uplink: then nobody can say that it did not leave. A row from
// before this column may have.
constexpr std::string_view offered =
    "ALTER TABLE outbox ADD COLUMN offered INTEGER NOT NULL DEFAULT 1";

// What became of it at the DMP; NULL until the receiver tells.
constexpr std::string_view outcome = "ALTER TABLE outbox ADD COLUMN outcome TEXT";
constexpr std::string_view awaited_index = "CREATE INDEX IF NOT EXISTS outbox_awaited ON outbox "
                                           "(state) WHERE state = 1 AND outcome IS NULL";

base::Result<bool> has_column(Database& database, std::string_view table, std::string_view column) {
    auto const found = database.number("SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2",
                                       {table, column});
    if (!found) return failure(found.error());
    return found->value_or(0) != 0;
}

base::Result<void> add_column(Database& database, std::string_view column, std::string_view sql) {
    auto const there = has_column(database, "outbox", column);
    if (!there) return failure(there.error());
    if (*there) return {};
    if (auto added = database.run(sql); !added) return failure(added.error());
    return {};
}

base::Result<bool> is_of_today(Database& database) {
    auto const tables =
        database.number("SELECT count(*) FROM sqlite_schema WHERE name IN ('counter', 'carried')");
    if (!tables) return failure(tables.error());
    if (tables->value_or(0) != 2) return false;
    return has_column(database, "outbox", "outcome");
}

}  // namespace

base::Result<void> lay_out(Database& database) {
    auto const today = is_of_today(database);
    if (!today) return failure(today.error());
    if (*today) return {};
    return database.transaction([&]() -> base::Result<void> {
        for (auto sql : {outbox, waiting_index, settled_index, ledger, session, opening, counter,
                         Carried::table})
            if (auto made = database.run(sql); !made) return failure(made.error());
        if (auto added = add_column(database, "offered", offered); !added) return added;
        if (auto added = add_column(database, "outcome", outcome); !added) return added;
        if (auto made = database.run(awaited_index); !made) return failure(made.error());
        return {};
    });
}

}  // namespace spooler
