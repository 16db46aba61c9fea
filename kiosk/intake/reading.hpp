// How the subcommands that only look get at the store.
#pragma once

#include "kiosk/intake/settings.hpp"
#include "kiosk/intake/store.hpp"

#include <memory>
#include <vector>

namespace intake {

// Through the running server; when none runs, from the file itself, which is then ours alone.
base::Result<std::unique_ptr<StoreReader>> open_reader(Settings const& settings);

base::Result<std::vector<Entry>> list_all(StoreReader& store);

// The one written on the command line, or those of everything received.
base::Result<std::vector<crypto::Uuid>> ids_to_read(StoreReader& store,
                                                    std::optional<std::string> const& id);

}  // namespace intake
