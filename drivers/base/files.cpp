#include "drivers/base/files.hpp"

#include "drivers/base/unix_socket.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace base {
namespace {

constexpr std::size_t largest_file = 1024 * 1024;

struct OpenFile {
    Descriptor descriptor;
    struct stat status;
};

Result<OpenFile> open_file(std::filesystem::path const& path) {
    // Without waiting: a pipe in the place of a file must not stop a start for ever.
    OpenFile file{Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)}, {}};
    if (!file.descriptor || ::fstat(file.descriptor.number(), &file.status) != 0)
        return failure(system_error(path.native(), Errc::file_unreadable));
    if (!S_ISREG(file.status.st_mode))
        return failure(Errc::file_unreadable, path.native() + ": not a file");
    return file;
}

// Straight into its place: a buffer between, or one that grows, would leave copies of a private
// key.
Result<Bytes> read_whole(OpenFile const& file, std::filesystem::path const& path) {
    auto const larger = failure(Errc::file_unreadable, path.native() + ": larger than 1 MiB");
    auto const expected = static_cast<std::size_t>(file.status.st_size);
    if (expected > largest_file) return larger;
    Bytes content(expected);
    auto const size = read_into(file.descriptor.number(), content);
    if (!size) return failure(system_error(path.native(), Errc::file_unreadable));
    content.resize(*size);
    return content;
}

}  // namespace

std::optional<std::size_t> read_into(int descriptor, std::span<std::uint8_t> room) {
    std::size_t size = 0;
    while (size < room.size()) {
        auto const count = ::read(descriptor, room.data() + size, room.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::nullopt;
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    return size;
}

Result<Bytes> read_file(std::filesystem::path const& path) {
    auto const file = open_file(path);
    if (!file) return failure(file.error());
    return read_whole(*file, path);
}

Result<Bytes> read_secret_file(std::filesystem::path const& path) {
    auto const file = open_file(path);
    if (!file) return failure(file.error());
    auto const& status = file->status;
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure(Errc::permissions_unsafe,
                       path.native() + ": other users may open this private key; chmod 600 it");
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        return failure(Errc::permissions_unsafe, path.native() + ": belongs to another user");
    return read_whole(*file, path);
}

Result<void> private_folder(std::filesystem::path const& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(system_error(path.native(), Errc::file_unreadable));
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return failure(system_error(path.native(), Errc::file_unreadable));
    if (!S_ISDIR(status.st_mode))
        return failure(Errc::file_unreadable, path.native() + ": not a folder");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure(Errc::permissions_unsafe,
                       path.native() + ": other users may enter it; chmod 700 it");
    if (status.st_uid != ::geteuid())
        return failure(Errc::permissions_unsafe, path.native() + ": belongs to another user");
    return {};
}

}  // namespace base
