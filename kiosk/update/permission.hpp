// Whether a bundle whose signature holds may be installed here.
#pragma once

#include "kiosk/update/state.hpp"

#include <filesystem>

namespace update {

struct Here {
    std::string compatible;  // of the running system
    std::filesystem::path rescue_key;  // the public part; whoever has the other may send us back
};

// `bundle` is where it is mounted. Errc::refused with a sentence for staff when it is for another
// machine, older than what has proved itself here, or failed here before; the last two unless the
// rescue key signed this very release.
base::Result<Release> may_install(std::filesystem::path const& bundle, Here const& here,
                                  State const& state);

}  // namespace update
