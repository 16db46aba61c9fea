// What the .cpp files of the SQLite store share.
#pragma once

#include "drivers/base/bytes.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace intake {

inline base::Error error_of(SQLite::Exception const& problem) {
    auto const code = [&] {
        switch (problem.getErrorCode()) {
        case SQLITE_FULL: return base::Errc::storage_full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return base::Errc::storage_damaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return base::Errc::conflict;
        default: return base::Errc::storage_failed;
        }
    }();
    return {code, problem.what()};
}

// A kept statement is ready again whatever happens to this execution.
class Execution {
  public:
    explicit Execution(SQLite::Statement& statement) : statement_(statement) {}
    Execution(Execution const&) = delete;
    Execution& operator=(Execution const&) = delete;
    ~Execution() {
        statement_.tryReset();
        statement_.clearBindings();
    }
    SQLite::Statement* operator->() { return &statement_; }

    void bind_blob(int index, base::ByteView bytes) {
        statement_.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
    }

  private:
    SQLite::Statement& statement_;
};

inline base::ByteView blob(SQLite::Column const& column) {
    auto const* data = static_cast<std::uint8_t const*>(column.getBlob());
    return {data, static_cast<std::size_t>(column.getBytes())};
}

}  // namespace intake
