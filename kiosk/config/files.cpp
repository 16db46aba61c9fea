#include "kiosk/config/files.hpp"

#include "drivers/base/unix_socket.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace config {
namespace {

using base::Errc;
using base::failure;

constexpr std::size_t largest_file = 1024 * 1024;

base::Result<base::Bytes> read_whole(int descriptor, std::filesystem::path const& path) {
    base::Bytes content;
    std::uint8_t chunk[4096];
    for (;;) {
        auto const count = ::read(descriptor, chunk, sizeof(chunk));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(base::system_error(path.native(), Errc::file_unreadable));
        if (count == 0) return content;
        content.insert(content.end(), chunk, chunk + count);
        if (content.size() > largest_file)
            return failure(Errc::file_unreadable, path.native() + ": larger than 1 MiB");
    }
}

base::Result<base::Descriptor> open_file(std::filesystem::path const& path) {
    base::Descriptor descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!descriptor) return failure(base::system_error(path.native(), Errc::file_unreadable));
    return descriptor;
}

}  // namespace

base::Result<base::Bytes> read_file(std::filesystem::path const& path) {
    auto descriptor = open_file(path);
    if (!descriptor) return failure(descriptor.error());
    return read_whole(descriptor->number(), path);
}

base::Result<base::Bytes> read_secret_file(std::filesystem::path const& path) {
    auto descriptor = open_file(path);
    if (!descriptor) return failure(descriptor.error());
    struct stat status{};
    if (::fstat(descriptor->number(), &status) != 0)
        return failure(base::system_error(path.native(), Errc::file_unreadable));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure(Errc::permissions_unsafe,
                       path.native() + ": other users may open this private key; chmod 600 it");
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        return failure(Errc::permissions_unsafe, path.native() + ": belongs to another user");
    return read_whole(descriptor->number(), path);
}

base::Result<void> private_folder(std::filesystem::path const& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(base::system_error(path.native(), Errc::file_unreadable));
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0)
        return failure(base::system_error(path.native(), Errc::file_unreadable));
    if (!S_ISDIR(status.st_mode))
        return failure(Errc::file_unreadable, path.native() + ": not a folder");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure(Errc::permissions_unsafe,
                       path.native() + ": other users may enter it; chmod 700 it");
    if (status.st_uid != ::geteuid())
        return failure(Errc::permissions_unsafe, path.native() + ": belongs to another user");
    return {};
}

}  // namespace config
