// How the subcommands that only look get at the store.
#pragma once

#include "kiosk/intake/settings.hpp"
#include "kiosk/intake/store.hpp"

#include <memory>
#include <vector>

namespace intake {

// The file itself, for this process alone, with the audit log if one is configured.
base::Result<std::unique_ptr<Store>> open_store(Settings const& settings);

// Through the running server; when none runs, open_store().
base::Result<std::unique_ptr<StoreReader>> open_reader(Settings const& settings);

// The same without touching the audit log: for looking at it.
base::Result<std::optional<AuditHead>> kept_audit_head(Settings const& settings);

base::Result<std::vector<Entry>> list_all(StoreReader& store);

// The one written on the command line, or those of everything received.
base::Result<std::vector<crypto::Uuid>> ids_to_read(StoreReader& store,
                                                    std::optional<std::string> const& id);

}  // namespace intake
