// The days' ledgers as a table, for the site or for others. Small numbers could tell who was there
// to who saw the hall: outside the site no cell from 1 to 4 is shown, nor one from which it could
// be computed.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spooler {

enum class Readers : std::uint8_t { site, others };

// Parts of a total, as they may be shown. For others a part from 1 to 4 is "<5"; when it is the
// only one, the least of the others and the total are hidden with it.
struct Cells {
    std::vector<std::string> parts;
    std::string total;
};
Cells cells(std::vector<std::int64_t> const& parts, Readers readers);

// The spooler's answer to ledger_line(), a row a day.
base::Result<std::string> ledger_table(std::string const& answer, Readers readers);

std::string ledger_line(int days);

}  // namespace spooler
