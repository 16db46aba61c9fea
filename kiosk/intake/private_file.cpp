#include "kiosk/intake/private_file.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/unix_socket.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace intake {

base::Result<void> write_private_file(std::filesystem::path const& path, base::ByteView content) {
    auto part = path;
    part += ".part";
    ::unlink(part.c_str());
    base::Descriptor const file{
        ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!file) return base::failure(base::system_error(part.native(), base::Errc::storage_failed));
    if (!base::write_and_sync(file.number(), content) ||
        ::rename(part.c_str(), path.c_str()) != 0) {
        auto const error = base::system_error(path.native(), base::Errc::storage_failed);
        ::unlink(part.c_str());
        return base::failure(error);
    }
    return {};
}

base::Result<void> make_folder(std::filesystem::path const& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return base::failure(base::system_error(path.native(), base::Errc::storage_failed));
    return {};
}

}  // namespace intake
