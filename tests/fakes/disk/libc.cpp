// The calls of libc that change files, as the programs of these tests and the libraries they load
// see them: what concerns the plugged-in disk passes by it, everything goes on to the kernel.
#include "tests/fakes/disk/disk.hpp"

#include <cerrno>
#include <cstdarg>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using fake::Disk;

Disk* disk_of(int descriptor) {
    auto* const disk = Disk::plugged_in();
    return disk != nullptr && disk->holds(descriptor) ? disk : nullptr;
}

int fail(int error) {
    errno = error;
    return -1;
}

// The disk and the name on it.
struct Place {
    Disk* disk = nullptr;
    std::string name;

    Place(int folder, char const* path) {
        auto* const plugged = Disk::plugged_in();
        if (plugged == nullptr) return;
        if (auto found = plugged->below(folder, path)) {
            disk = plugged;
            name = std::move(*found);
        }
    }
};

int open_at(int folder, char const* path, int flags, mode_t mode) {
    auto const kernel = [&] {
        return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
    };
    Place const place{folder, path};
    if (place.disk == nullptr) return kernel();
    bool const is_new = (flags & O_CREAT) != 0 && ::faccessat(folder, path, F_OK, 0) != 0;
    bool const changes = is_new || (flags & O_TRUNC) != 0;
    if (auto const error = changes ? place.disk->before_change() : place.disk->before_reading())
        return fail(error);
    auto const descriptor = kernel();
    if (descriptor >= 0) place.disk->opened(descriptor, place.name, flags, is_new);
    return descriptor;
}

ssize_t write_at(int descriptor, void const* data, std::size_t size, off_t offset) {
    auto* const disk = disk_of(descriptor);
    if (disk == nullptr) return ::syscall(SYS_pwrite64, descriptor, data, size, offset);
    auto const error = disk->before_write();
    // A write during which the power goes may have happened, in part or whole.
    if (error == 0 || disk->is_cut()) disk->wrote(descriptor, offset, data, size);
    if (error != 0) return fail(error);
    return ::syscall(SYS_pwrite64, descriptor, data, size, offset);
}

int resize(int descriptor, off_t size) {
    auto* const disk = disk_of(descriptor);
    if (disk != nullptr) {
        if (auto const error = disk->before_change()) return fail(error);
        disk->resized(descriptor, size);
    }
    return static_cast<int>(::syscall(SYS_ftruncate, descriptor, size));
}

int sync(int descriptor) {
    auto* const disk = disk_of(descriptor);
    if (disk == nullptr) return static_cast<int>(::syscall(SYS_fsync, descriptor));
    if (auto const error = disk->before_change()) return fail(error);
    disk->synced(descriptor);
    return 0;
}

int remove_at(int folder, char const* path, int flags) {
    Place const place{folder, path};
    if (place.disk != nullptr)
        if (auto const error = place.disk->before_change()) return fail(error);
    auto const result = static_cast<int>(::syscall(SYS_unlinkat, folder, path, flags));
    if (result == 0 && place.disk != nullptr) place.disk->removed(place.name);
    return result;
}

ssize_t read_at(int descriptor, void* data, std::size_t size, off_t offset) {
    auto* const disk = disk_of(descriptor);
    if (disk != nullptr)
        if (auto const error = disk->before_reading()) return fail(error);
    return ::syscall(SYS_pread64, descriptor, data, size, offset);
}

mode_t mode_in(int flags, std::va_list arguments) {
    return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(char const* path, int flags, ...) {
    std::va_list arguments;
    va_start(arguments, flags);
    auto const mode = mode_in(flags, arguments);
    va_end(arguments);
    return open_at(AT_FDCWD, path, flags, mode);
}
int open64(char const* path, int flags, ...) {
    std::va_list arguments;
    va_start(arguments, flags);
    auto const mode = mode_in(flags, arguments);
    va_end(arguments);
    return open_at(AT_FDCWD, path, flags, mode);
}
int openat(int folder, char const* path, int flags, ...) {
    std::va_list arguments;
    va_start(arguments, flags);
    auto const mode = mode_in(flags, arguments);
    va_end(arguments);
    return open_at(folder, path, flags, mode);
}
int __open_2(char const* path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int __open64_2(char const* path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }

int close(int descriptor) {
    if (auto* const disk = disk_of(descriptor)) disk->closed(descriptor);
    return static_cast<int>(::syscall(SYS_close, descriptor));
}

ssize_t pwrite(int descriptor, void const* data, std::size_t size, off_t offset) {
    return write_at(descriptor, data, size, offset);
}
ssize_t pwrite64(int descriptor, void const* data, std::size_t size, off64_t offset) {
    return write_at(descriptor, data, size, offset);
}
ssize_t write(int descriptor, void const* data, std::size_t size) {
    auto* const disk = disk_of(descriptor);
    if (disk == nullptr) return ::syscall(SYS_write, descriptor, data, size);
    auto const offset = ::lseek(descriptor, 0, SEEK_CUR);
    auto const written = write_at(descriptor, data, size, offset);
    if (written > 0) ::lseek(descriptor, offset + written, SEEK_SET);
    return written;
}
ssize_t pread(int descriptor, void* data, std::size_t size, off_t offset) {
    return read_at(descriptor, data, size, offset);
}
ssize_t pread64(int descriptor, void* data, std::size_t size, off64_t offset) {
    return read_at(descriptor, data, size, offset);
}

int ftruncate(int descriptor, off_t size) noexcept { return resize(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept { return resize(descriptor, size); }
int posix_fallocate(int descriptor, off_t offset, off_t size) {
    if (disk_of(descriptor) == nullptr)
        return ::syscall(SYS_fallocate, descriptor, 0, offset, size) == 0 ? 0 : errno;
    return resize(descriptor, offset + size) == 0 ? 0 : errno;
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t size) {
    return posix_fallocate(descriptor, offset, size);
}

int fsync(int descriptor) { return sync(descriptor); }
int fdatasync(int descriptor) { return sync(descriptor); }

int unlink(char const* path) noexcept { return remove_at(AT_FDCWD, path, 0); }
int unlinkat(int folder, char const* path, int flags) noexcept {
    return remove_at(folder, path, flags);
}
int rmdir(char const* path) noexcept { return remove_at(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(char const* path) noexcept {
    auto const result = remove_at(AT_FDCWD, path, 0);
    return result != 0 && errno == EISDIR ? remove_at(AT_FDCWD, path, AT_REMOVEDIR) : result;
}
int mkdirat(int folder, char const* path, mode_t mode) noexcept {
    Place const place{folder, path};
    if (place.disk != nullptr) {
        if (::faccessat(folder, path, F_OK, 0) == 0) return fail(EEXIST);
        if (auto const error = place.disk->before_change()) return fail(error);
    }
    auto const result = static_cast<int>(::syscall(SYS_mkdirat, folder, path, mode));
    if (result == 0 && place.disk != nullptr) place.disk->made_folder(place.name);
    return result;
}
int mkdir(char const* path, mode_t mode) noexcept { return ::mkdirat(AT_FDCWD, path, mode); }
int renameat(int folder_from, char const* from, int folder_to, char const* to) noexcept {
    Place const source{folder_from, from};
    Place const target{folder_to, to};
    bool const here = source.disk != nullptr && target.disk != nullptr;
    if (here)
        if (auto const error = source.disk->before_change()) return fail(error);
    auto const result =
        static_cast<int>(::syscall(SYS_renameat2, folder_from, from, folder_to, to, 0));
    if (result == 0 && here) source.disk->renamed(source.name, target.name);
    return result;
}
int rename(char const* from, char const* to) noexcept {
    return ::renameat(AT_FDCWD, from, AT_FDCWD, to);
}

}  // extern "C"
