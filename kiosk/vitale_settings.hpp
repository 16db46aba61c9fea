// The [vitale] table of the configuration: every point on which real cards may differ from what is
// publicly known. All of it may be left out.
#pragma once

#include "drivers/vitale/configuration.hpp"
#include "kiosk/config/toml_file.hpp"

namespace kiosk {

// Changes what the file names; Errc::configuration_invalid names file, key and reason.
base::Result<void> read_vitale(config::TomlFile& file, vitale::Configuration& configuration);

}  // namespace kiosk
