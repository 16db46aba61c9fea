#include "kiosk/spooler/durable_file.hpp"

#include "drivers/base/durable_file.hpp"

namespace spooler {

using base::Errc;
using base::failure;

base::Result<void> sync_folder(std::filesystem::path const& folder) {
    if (!base::sync_folder(folder))
        return failure(base::system_error(folder.native(), Errc::storage_failed));
    return {};
}

base::Result<void> write_durably(std::filesystem::path const& path, std::string const& text) {
    if (!base::replace_file(path, text))
        return failure(base::system_error(path.native(), Errc::storage_failed));
    return {};
}

}  // namespace spooler
