// The tables of the outbox file, and how a file written by an older program becomes today's. It is
// only ever added to, so that the program of the other slot still reads and writes it after a
// rollback. Statements name their columns for the same reason.
#pragma once

#include "kiosk/spooler/database.hpp"

namespace spooler {

// In one transaction; a file of today is only looked at.
base::Result<void> lay_out(Database& database);

}  // namespace spooler
