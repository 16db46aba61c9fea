// Files beside the database that a power cut may not take back.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>

namespace spooler {

// What was made, renamed or removed in this folder stays so.
base::Result<void> sync_folder(std::filesystem::path const& folder);

// The old content or the new one, whole, whenever the power goes; the new one when it returns.
base::Result<void> write_durably(std::filesystem::path const& path, std::string const& text);

}  // namespace spooler
