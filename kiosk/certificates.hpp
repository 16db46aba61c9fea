// The kiosk's own certificate and the receiver's, as they lie on the disk.
#pragma once

#include "kiosk/dmp/sealing.hpp"
#include "kiosk/settings.hpp"

#include <optional>

namespace kiosk {

// None while a file is not there yet: the kiosk was set up, and says so on its screen. One that is
// there and wrong is an error.
base::Result<std::optional<dmp::Sealer>> open_sealer(Settings const& settings);

}  // namespace kiosk
