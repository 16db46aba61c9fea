#include "kiosk/spooler/durable_file.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/unix_socket.hpp"

#include <cstdio>

#include <fcntl.h>

namespace spooler {

using base::Errc;
using base::failure;

base::Result<void> sync_folder(std::filesystem::path const& folder) {
    if (!base::sync_folder(folder))
        return failure(base::system_error(folder.native(), Errc::storage_failed));
    return {};
}

base::Result<void> write_durably(std::filesystem::path const& path, std::string const& text) {
    auto const temporary = path.native() + ".new";
    base::Descriptor const file{
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!file || !base::write_and_sync(file.number(), text) ||
        ::rename(temporary.c_str(), path.c_str()) != 0)
        return failure(base::system_error(path.native(), Errc::storage_failed));
    return sync_folder(path.parent_path());
}

}  // namespace spooler
