// One SQLite file with one owner: the only .cpp that knows SQLite and SQLiteCpp stands behind it.
// Exclusive on purpose: Debian 12's SQLite (3.40.1) can lose a committed transaction when two
// connections write and checkpoint at once; with one connection it cannot.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace SQLite {
class Statement;
}

namespace spooler {

// What a statement is given; texts and bytes must live until it ran.
using Argument = std::variant<std::nullptr_t, std::int64_t, std::string_view, base::ByteView>;

// One row of an answer, valid only while it is handed over. Columns count from 0.
class Row {
  public:
    explicit Row(SQLite::Statement& statement) : statement_(statement) {}
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    base::Bytes bytes(int column) const;
    bool null(int column) const;

  private:
    SQLite::Statement& statement_;
};

// Errors: storage_full (disk or quota), storage_damaged (the file is not what was written),
// conflict (a constraint, or another program holds the file), storage_failed (all else).
class Database {
  public:
    static constexpr std::int64_t page_size = 4096;

    // Opens or makes the file and takes it for this process alone; every setting is read back and a
    // difference is an error.
    static base::Result<Database> open(std::filesystem::path const& path, std::int64_t most_pages);

    // For reading what is left of a damaged file; never writes into it.
    static base::Result<Database> open_damaged(std::filesystem::path const& path);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // How many rows were changed. The text of each statement is kept prepared.
    base::Result<int> run(std::string_view sql, std::initializer_list<Argument> arguments = {});
    base::Result<void> each(std::string_view sql, std::initializer_list<Argument> arguments,
                            std::function<void(Row const&)> const& use);
    // First column of the first row; nothing when there is no row or it is NULL.
    base::Result<std::optional<std::int64_t>>
    number(std::string_view sql, std::initializer_list<Argument> arguments = {});

    // All or nothing, durable when it returns.
    base::Result<void> transaction(std::function<base::Result<void>()> const& work);

    // Errc::storage_damaged with the first finding.
    base::Result<void> quick_check();

    // Moves the write-ahead log into the file and empties it, so that what was erased is nowhere.
    base::Result<void> checkpoint();

    // Pages that hold something.
    base::Result<std::int64_t> pages_used();

  private:
    struct Connection;
    explicit Database(std::unique_ptr<Connection> connection);
    base::Result<void> configure(std::int64_t most_pages);

    std::unique_ptr<Connection> connection_;
};

}  // namespace spooler
