#include "tests/kiosk/spooler/power_cuts/version_1.hpp"

#include <cstdlib>

namespace power_cuts {
namespace {

constexpr std::string_view tables[] = {
    R"(CREATE TABLE outbox (
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
) STRICT)",
    "CREATE INDEX outbox_waiting ON outbox (next_due, day, seq, state) WHERE state IN (0, 3)",
    "CREATE INDEX outbox_settled ON outbox (state, settled_day, day, refusal) "
    "WHERE state IN (1, 2, 4)",
    "CREATE TABLE ledger (day TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL, "
    "PRIMARY KEY (day, outcome)) STRICT, WITHOUT ROWID",
    "CREATE TABLE session (number INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL) STRICT",
    "CREATE TABLE opening (one INTEGER PRIMARY KEY CHECK (one = 1), author TEXT NOT NULL, "
    "opened_at INTEGER NOT NULL, closes_at INTEGER NOT NULL) STRICT",
};

}  // namespace

void write_version_1(std::filesystem::path const& file,
                     std::vector<spooler::SealedRequest> const& requests, std::string const& day) {
    auto database = spooler::Database::open(file, 16384);
    auto const run = [&](std::string_view sql, std::initializer_list<spooler::Argument> values) {
        if (!database || !database->run(sql, values)) std::abort();
    };
    for (auto sql : tables)
        run(sql, {});
    for (auto const& request : requests)
        run("INSERT INTO outbox (id, kind, state, key_id, sha256, day, sealed) "
            "VALUES (?, ?, 0, ?, ?, ?, ?)",
            {request.id.bytes(), std::string_view{request.kind}, base::ByteView{request.key_id},
             base::ByteView{request.sha256}, std::string_view{day},
             base::ByteView{request.sealed}});
    run("UPDATE outbox SET state = 1, receipt = 'receipt', sealed = NULL, settled_day = ? "
        "WHERE id = ?",
        {std::string_view{day}, requests.front().id.bytes()});
    run("INSERT INTO ledger VALUES (?, 'started', 1), (?, 'left', 1)",
        {std::string_view{day}, std::string_view{day}});
    if (!database->checkpoint()) std::abort();
}

}  // namespace power_cuts
