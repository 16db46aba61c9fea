// The [vitale] table of the configuration: every point on which real cards may differ from what is
// publicly known. All of it may be left out.
#pragma once

#include "drivers/base/toml_file.hpp"
#include "drivers/vitale/configuration.hpp"

namespace kiosk {

// Changes what the file names; Errc::configuration_invalid names file, key and reason.
base::Result<void> read_vitale(base::TomlFile& file, vitale::Configuration& configuration);

}  // namespace kiosk
