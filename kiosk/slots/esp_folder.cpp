#include "kiosk/slots/esp_folder.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/files.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slots {
namespace {

using base::Descriptor;
using base::Errc;
using base::failure;

// No name that ends like this is an entry or a kernel to a boot loader.
constexpr std::string_view unfinished = ".new";
constexpr std::size_t most_names = 1000;
constexpr mode_t file_mode = 0600;
constexpr mode_t folder_mode = 0700;

bool is_there(int folder, std::string const& name) {
    return ::faccessat(folder, name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

}  // namespace

base::Error EspFolder::error(std::string const& name) const {
    auto const file = (path_ / name).native();
    switch (errno) {
    case ENOENT: return {Errc::file_missing, file + ": missing"};
    case EEXIST: return {Errc::conflict, file + ": is there already"};
    case ENOSPC: return {Errc::storage_full, file + ": no room on the EFI system partition"};
    default: return base::system_error(file, Errc::storage_failed);
    }
}

base::Result<EspFolder> EspFolder::open(std::filesystem::path const& path) {
    EspFolder folder{Descriptor{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)}, path};
    if (!folder.descriptor_) return failure(folder.error(""));
    return folder;
}

base::Result<EspFolder> EspFolder::make(std::filesystem::path const& path) {
    if (::mkdir(path.c_str(), folder_mode) != 0 && errno == ENOENT) {
        if (auto parent = make(path.parent_path()); !parent) return parent;
        ::mkdir(path.c_str(), folder_mode);
    }
    return open(path);
}

base::Result<std::vector<std::string>> EspFolder::names() const {
    // A descriptor of its own: reading moves its place.
    auto const number = ::openat(descriptor_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::unique_ptr<DIR, int (*)(DIR*)> const listing{number < 0 ? nullptr : ::fdopendir(number),
                                                      &::closedir};
    if (!listing) return failure(error(""));
    std::vector<std::string> names;
    for (errno = 0; auto const* entry = ::readdir(listing.get()); errno = 0) {
        std::string const name = entry->d_name;
        if (name == "." || name == "..") continue;
        if (names.size() == most_names)
            return failure(Errc::storage_damaged, path_.native() + ": too many files");
        names.push_back(name);
    }
    if (errno != 0) return failure(error(""));
    std::ranges::sort(names);
    return names;
}

base::Result<base::Bytes> EspFolder::read(std::string const& name, std::size_t most) const {
    Descriptor const file{
        ::openat(descriptor_.number(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
    struct stat status {};
    if (!file || ::fstat(file.number(), &status) != 0) return failure(error(name));
    if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > most)
        return failure(Errc::storage_damaged, (path_ / name).native() + ": not a file of this use");
    base::Bytes content(static_cast<std::size_t>(status.st_size));
    auto const size = base::read_into(file.number(), content);
    if (!size) return failure(error(name));
    content.resize(*size);
    return content;
}

bool EspFolder::has(std::string const& name) const {
    struct stat status {};
    return ::fstatat(descriptor_.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(status.st_mode) && status.st_size > 0;
}

base::Result<void> EspFolder::write_new(std::string const& name, base::ByteView content) const {
    auto const folder = descriptor_.number();
    auto const temporary = name + std::string{unfinished};
    if (is_there(folder, name)) {
        errno = EEXIST;
        return failure(error(name));
    }
    if (auto gone = remove(temporary); !gone) return gone;
    Descriptor const file{::openat(folder, temporary.c_str(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                   file_mode)};
    if (!file) return failure(error(name));
    if (!base::write_and_sync(file.number(), content)) {
        auto const problem = error(name);
        ::unlinkat(folder, temporary.c_str(), 0);
        return failure(problem);
    }
    // FAT keeps size and place of a file beside its name: after the rename they are synced again.
    if (::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0 ||
        ::fsync(file.number()) != 0)
        return failure(error(name));
    return sync();
}

base::Result<void> EspFolder::remove(std::string const& name) const {
    if (::unlinkat(descriptor_.number(), name.c_str(), 0) == 0) return sync();
    if (errno == ENOENT) return {};
    return failure(error(name));
}

base::Result<void> EspFolder::remove_remains() const {
    auto const all = names();
    if (!all) return failure(all.error());
    for (auto const& name : *all)
        if (name.ends_with(unfinished))
            if (auto gone = remove(name); !gone) return gone;
    return {};
}

base::Result<base::Bytes> EspFolder::read_back(std::string const& name, std::size_t most) const {
    Descriptor const file{
        ::openat(descriptor_.number(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (!file) return failure(error(name));
    ::posix_fadvise(file.number(), 0, 0, POSIX_FADV_DONTNEED);
    return read(name, most);
}

base::Result<void> EspFolder::sync() const {
    if (::fsync(descriptor_.number()) != 0) return failure(error(""));
    return {};
}

}  // namespace slots
