// The pointer file: which applications a card holds, and which files are in them.
#pragma once

#include "drivers/vitale/configuration.hpp"

#include <cstdint>
#include <vector>

namespace vitale {

struct ListedApplication {
    base::Bytes aid;
    std::vector<std::uint16_t> files;  // file identifiers, each once
};

// In the order of the list. A file of an application that is not listed cannot be found and is left
// out. Errc::malformed when the list is damaged, longer than allowed, or says two things at once.
base::Result<std::vector<ListedApplication>> parse_pointer_file(base::ByteView file,
                                                                Configuration const& configuration);

}  // namespace vitale
