// The two ways to the files of a carte Vitale, each from one published program.
#pragma once

#include "drivers/vitale/card_access.hpp"
#include "drivers/vitale/findings.hpp"

namespace vitale {

// By short file identifier. The numbers need the application selected; the identities select the
// root themselves. A file that is refused or missing is noted, any other failure is an error.
base::Result<void> read_numbers_by_sfi(CardAccess const& card, Configuration const& configuration,
                                       Findings& findings);
base::Result<void> read_identities_by_sfi(CardAccess const& card,
                                          Configuration const& configuration, Findings& findings);

// By the pointer file, with the application selected: every listed file that can be read and begins
// with a person. Finds nothing where there is no pointer file.
base::Result<void> follow_pointers(CardAccess const& card, Configuration const& configuration,
                                   Findings& findings);

}  // namespace vitale
