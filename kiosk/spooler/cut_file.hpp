// A database file that lost its end. SQLite refuses it whole, although all but the end can be read.
#pragma once

#include <cstdint>
#include <filesystem>

namespace spooler {

// Gives a file that is shorter than it says the length it says, with a hole that takes no room:
// SQLite then calls damaged only what lies there. Source: SQLite's file format, 1.3, the header's
// bytes 16, 24, 28 and 92. A header that says more than `most_pages` is itself damaged. Whether
// there was something to do.
bool mend_length(std::filesystem::path const& database, std::int64_t most_pages);

}  // namespace spooler
