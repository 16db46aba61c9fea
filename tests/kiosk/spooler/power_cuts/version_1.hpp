// Outbox files as programs shipped before wrote them.
#pragma once

#include "tests/kiosk/spooler/fakes.hpp"

namespace power_cuts {

// With these requests ready, the first one receipted; one session ended on `day`.
void write_version_1(std::filesystem::path const& file,
                     std::vector<spooler::SealedRequest> const& requests, std::string const& day);

}  // namespace power_cuts
