#include "kiosk/spooler/database.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace spooler {

using base::Errc;
using base::failure;

struct Database::Connection {
    std::string path;
    SQLite::Database database;
    std::map<std::string, SQLite::Statement, std::less<>> statements;

    SQLite::Statement& prepared(std::string_view sql) {
        auto found = statements.find(sql);
        if (found == statements.end())
            found = statements
                        .emplace(std::piecewise_construct, std::forward_as_tuple(sql),
                                 std::forward_as_tuple(database, std::string{sql}))
                        .first;
        return found->second;
    }
};

namespace {

Errc code_of(int sqlite_code) {
    switch (sqlite_code & 0xFF) {
    case SQLITE_FULL: return Errc::storage_full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Errc::storage_damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CONSTRAINT: return Errc::conflict;
    default: return Errc::storage_failed;
    }
}

// SQLite's own sentence names tables and columns, never a value that was bound.
base::Error error_of(std::string const& path, SQLite::Exception const& problem) {
    auto const code = problem.getErrorCode();
    std::string reason = problem.what();
    if ((code & 0xFF) == SQLITE_BUSY) reason = "another program has it open";
    return {code_of(code), path + ": " + reason};
}

void bind(SQLite::Statement& statement, int index, Argument const& argument) {
    if (auto const* number = std::get_if<std::int64_t>(&argument)) {
        statement.bind(index, *number);
    } else if (auto const* text = std::get_if<std::string_view>(&argument)) {
        statement.bind(index, std::string{*text});
    } else if (auto const* bytes = std::get_if<base::ByteView>(&argument)) {
        // A null pointer would be bound as NULL, and no bytes are not NULL.
        statement.bindNoCopy(index, bytes->empty() ? static_cast<void const*>("") : bytes->data(),
                             static_cast<int>(bytes->size()));
    } else {
        statement.bind(index);
    }
}

// A statement that is left in mid-row would hold its transaction open.
class Run {
  public:
    Run(SQLite::Statement& statement, std::initializer_list<Argument> arguments)
        : statement_(statement) {
        int index = 0;
        for (auto const& argument : arguments)
            bind(statement_, ++index, argument);
    }
    Run(Run const&) = delete;
    Run& operator=(Run const&) = delete;
    ~Run() {
        static_cast<void>(statement_.tryReset());
        statement_.clearBindings();  // what was bound without a copy does not live on
    }

  private:
    SQLite::Statement& statement_;
};

// The write-ahead log is merged into the file when we say so, never by closing: a damaged file and
// its log keep what was found in them.
void keep_log_on_close(SQLite::Database& database) {
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

struct Setting {
    char const* pragma;
    std::string value;
    char const* reads;
};

}  // namespace

std::int64_t Row::integer(int column) const { return statement_.getColumn(column).getInt64(); }

std::string Row::text(int column) const { return statement_.getColumn(column).getString(); }

base::Bytes Row::bytes(int column) const {
    auto const value = statement_.getColumn(column);
    auto const* data = static_cast<std::uint8_t const*>(value.getBlob());
    return {data, data + value.getBytes()};
}

bool Row::null(int column) const { return statement_.getColumn(column).isNull(); }

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

base::Result<Database> Database::open(std::filesystem::path const& path, std::int64_t most_pages) {
    try {
        Database database{std::unique_ptr<Connection>{new Connection{
            path.native(),
            SQLite::Database{path.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE},
            {}}}};
        keep_log_on_close(database.connection_->database);
        if (auto configured = database.configure(most_pages); !configured)
            return failure(configured.error());
        return database;
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(path.native(), problem));
    }
}

base::Result<Database> Database::open_damaged(std::filesystem::path const& path) {
    try {
        std::unique_ptr<Connection> connection{new Connection{
            path.native(), SQLite::Database{path.native(), SQLite::OPEN_READWRITE}, {}}};
        keep_log_on_close(connection->database);
        connection->database.exec("PRAGMA locking_mode=EXCLUSIVE");
        connection->database.exec("PRAGMA trusted_schema=OFF");
        connection->database.exec("PRAGMA query_only=ON");
        return Database{std::move(connection)};
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(path.native(), problem));
    }
}

base::Result<void> Database::configure(std::int64_t most_pages) {
    // Exclusive before the log mode: so no shared memory file is ever made.
    auto const settings = std::to_array<Setting>({
        {"locking_mode", "EXCLUSIVE", "exclusive"},
        {"page_size", "4096", "4096"},
        {"journal_mode", "WAL", "wal"},
        {"synchronous", "FULL", "2"},
        {"wal_autocheckpoint", "1000", "1000"},
        {"journal_size_limit", "8388608", "8388608"},
        {"foreign_keys", "ON", "1"},
        {"cell_size_check", "ON", "1"},
        {"trusted_schema", "OFF", "0"},
        {"mmap_size", "0", "0"},
        {"secure_delete", "ON", "1"},
    });
    auto& database = connection_->database;
    for (auto const& setting : settings) {
        std::string const name = setting.pragma;
        SQLite::Statement assign{database, "PRAGMA " + name + "=" + setting.value};
        while (assign.executeStep()) {
        }
        assign.reset();
        SQLite::Statement check{database, "PRAGMA " + name};
        // Some pragmas answer nothing at all in a build without them.
        auto const answer = check.executeStep() ? check.getColumn(0).getString() : "nothing";
        if (answer != setting.reads)
            return failure(Errc::storage_failed, connection_->path + ": " + name + " is " + answer +
                                                     " where " + setting.reads + " is needed");
    }
    SQLite::Statement limit{database, "PRAGMA max_page_count=" + std::to_string(most_pages)};
    // A file that already holds more keeps its size; it then only refuses to grow.
    if (!limit.executeStep() || limit.getColumn(0).getInt64() < most_pages)
        return failure(Errc::storage_failed, connection_->path + ": the quota was not accepted");
    return {};
}

base::Result<int> Database::run(std::string_view sql, std::initializer_list<Argument> arguments) {
    try {
        auto& statement = connection_->prepared(sql);
        Run const run{statement, arguments};
        while (statement.executeStep()) {
        }
        return connection_->database.getChanges();
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(connection_->path, problem));
    }
}

base::Result<void> Database::each(std::string_view sql, std::initializer_list<Argument> arguments,
                                  std::function<void(Row const&)> const& use) {
    try {
        auto& statement = connection_->prepared(sql);
        Run const run{statement, arguments};
        while (statement.executeStep())
            use(Row{statement});
        return {};
    } catch (SQLite::Exception const& problem) {
        return failure(error_of(connection_->path, problem));
    }
}

base::Result<std::optional<std::int64_t>>
Database::number(std::string_view sql, std::initializer_list<Argument> arguments) {
    std::optional<std::int64_t> value;
    bool first = true;
    auto done = each(sql, arguments, [&](Row const& row) {
        if (first && !row.null(0)) value = row.integer(0);
        first = false;
    });
    if (!done) return failure(done.error());
    return value;
}

base::Result<void> Database::transaction(std::function<base::Result<void>()> const& work) {
    if (auto begun = run("BEGIN IMMEDIATE"); !begun) return failure(begun.error());
    auto done = work();
    if (done) {
        auto const committed = run("COMMIT");
        if (committed) return {};
        done = failure(committed.error());
    }
    // SQLite may have rolled back by itself (a full disk): then this has nothing left to do.
    static_cast<void>(run("ROLLBACK"));
    return done;
}

base::Result<void> Database::quick_check() {
    std::string finding;
    auto done = each("PRAGMA quick_check(1)", {}, [&](Row const& row) { finding = row.text(0); });
    if (!done) return failure(done.error());
    if (finding != "ok") return failure(Errc::storage_damaged, connection_->path + ": " + finding);
    return {};
}

base::Result<void> Database::checkpoint() {
    auto done = run("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!done) return failure(done.error());
    return {};
}

base::Result<std::int64_t> Database::pages_used() {
    auto const all = number("PRAGMA page_count");
    if (!all) return failure(all.error());
    auto const free = number("PRAGMA freelist_count");
    if (!free) return failure(free.error());
    return all->value_or(0) - free->value_or(0);
}

}  // namespace spooler
