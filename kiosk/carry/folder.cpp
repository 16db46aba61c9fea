#include "kiosk/carry/folder.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace carry {
namespace {

using base::Descriptor;
using base::Errc;
using base::failure;

constexpr auto part = ".part";

// Whatever is mounted for a stick is none of the file systems of these.
constexpr std::array own_places{"/", "/home", "/run", "/srv", "/tmp", "/var"};

// The stick holds sealed requests and signed texts: nothing another user may not read.
constexpr mode_t file_mode = 0644;
constexpr mode_t folder_mode = 0755;

bool is_one_step(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

}  // namespace

// From errno.
base::Error Folder::error(std::string const& name) const {
    auto const problem = errno;
    auto const file = (path_ / name).native();
    switch (problem) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {Errc::storage_full,
                file + ": the stick is full: make room on it or take another one"};
    case EROFS: return {Errc::storage_failed, file + ": the stick is write-protected"};
    case EIO:
    case ENXIO:
    case ENODEV:
        return {Errc::storage_failed,
                file + ": the stick does not answer: was it pulled out? Try again, or another one"};
    case ENOENT: return {Errc::file_missing, file + ": missing"};
    case ELOOP:
    case ENOTDIR: return {Errc::file_unreadable, file + ": not a plain file or folder"};
    case EEXIST:
    case ENOTEMPTY: return {Errc::conflict, file + ": is there already"};
    default: errno = problem; return base::system_error(file, Errc::storage_failed);
    }
}

base::Result<Folder> Folder::open(std::filesystem::path const& path) {
    Folder folder{Descriptor{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)}, path};
    if (!folder.descriptor_) return failure(folder.error(""));
    return folder;
}

bool Folder::is_on_own_disk() const {
    struct stat here {};
    if (::fstat(descriptor_.number(), &here) != 0) return false;
    return std::ranges::any_of(own_places, [&](char const* place) {
        struct stat there {};
        return ::stat(place, &there) == 0 && there.st_dev == here.st_dev;
    });
}

base::Result<Folder> Folder::enter(std::string const& name) const {
    if (!is_one_step(name)) return failure(Errc::file_unreadable, "no name of a folder");
    Folder folder{Descriptor{::openat(descriptor_.number(), name.c_str(),
                                      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)},
                  path_ / name};
    if (!folder.descriptor_) return failure(error(name));
    return folder;
}

base::Result<Folder> Folder::make(std::string const& name) const {
    if (!is_one_step(name)) return failure(Errc::file_unreadable, "no name of a folder");
    if (::mkdirat(descriptor_.number(), name.c_str(), folder_mode) != 0)
        return failure(error(name));
    return enter(name);
}

base::Result<base::Bytes> Folder::read(std::string const& name, std::size_t most) const {
    if (!is_one_step(name)) return failure(Errc::file_unreadable, "no name of a file");
    // Without waiting: a pipe in the place of a file must not hold anybody up.
    Descriptor const file{::openat(descriptor_.number(), name.c_str(),
                                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)};
    struct stat status {};
    if (!file || ::fstat(file.number(), &status) != 0) return failure(error(name));
    if (!S_ISREG(status.st_mode))
        return failure(Errc::file_unreadable, (path_ / name).native() + ": not a plain file");
    base::Bytes content(most + 1);
    auto const size = base::read_into(file.number(), content);
    if (!size) return failure(error(name));
    if (*size > most)
        return failure(Errc::file_unreadable,
                       (path_ / name).native() + ": larger than any that a kiosk writes");
    content.resize(*size);
    return content;
}

base::Result<void> Folder::write(std::string const& name, base::ByteView content) const {
    if (!is_one_step(name)) return failure(Errc::file_unreadable, "no name of a file");
    Descriptor const file{::openat(descriptor_.number(), name.c_str(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                   file_mode)};
    if (!file) return failure(error(name));
    if (base::write_and_sync(file.number(), content)) return {};
    auto const problem = error(name);
    ::unlinkat(descriptor_.number(), name.c_str(), 0);
    return failure(problem);
}

base::Result<void> Folder::replace(std::string const& name, base::ByteView content) const {
    ::unlinkat(descriptor_.number(), (name + part).c_str(), 0);
    if (auto done = write(name + part, content); !done) return done;
    if (auto done = rename(name + part, name); !done) return done;
    return sync();
}

base::Result<void> Folder::rename(std::string const& from, std::string const& to) const {
    if (::renameat(descriptor_.number(), from.c_str(), descriptor_.number(), to.c_str()) != 0)
        return failure(error(to));
    return {};
}

base::Result<void> Folder::remove(std::string const& name) const {
    if (::unlinkat(descriptor_.number(), name.c_str(), 0) != 0) return failure(error(name));
    return {};
}

base::Result<void> Folder::remove_folder(std::string const& name) const {
    if (::unlinkat(descriptor_.number(), name.c_str(), AT_REMOVEDIR) != 0)
        return failure(error(name));
    return {};
}

base::Result<void> Folder::sync() const {
    if (::fsync(descriptor_.number()) != 0) return failure(error(""));
    return {};
}

base::Result<std::vector<std::string>> Folder::names(std::size_t most) const {
    // A descriptor of its own: reading moves its place.
    auto const number = ::openat(descriptor_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::unique_ptr<DIR, int (*)(DIR*)> const listing{number < 0 ? nullptr : ::fdopendir(number),
                                                      &::closedir};
    if (!listing) return failure(error(""));
    std::vector<std::string> names;
    for (errno = 0; auto const* entry = ::readdir(listing.get()); errno = 0) {
        if (!is_one_step(entry->d_name)) continue;
        if (names.size() == most)
            return failure(Errc::file_unreadable,
                           path_.native() + ": holds more than " + std::to_string(most) +
                               " files: take a stick that is used for this alone");
        names.emplace_back(entry->d_name);
    }
    if (errno != 0) return failure(error(""));
    std::ranges::sort(names);
    return names;
}

base::Result<void> Folder::lock() const {
    if (::flock(descriptor_.number(), LOCK_EX | LOCK_NB) == 0) return {};
    if (errno == EWOULDBLOCK)
        return failure(Errc::conflict,
                       path_.native() + ": another program writes there: wait until it is done");
    return failure(error(""));
}

}  // namespace carry
