#include "kiosk/slots/esp_mount.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>

namespace slots {
namespace {

using base::failure;

// No stick has this name, whatever its partitions are called (62-dmp-partitions.rules).
constexpr auto device = "/dev/dmp/esp";
constexpr auto place = "/efi";
// One at a time, also because a mount that reads and one that writes exclude each other.
constexpr auto lock_file = "/run/dmp-boot-slots.lock";

}  // namespace

std::filesystem::path EspMount::path() { return place; }

base::Result<EspMount> EspMount::make(MountMode mode) {
    base::Descriptor lock{::open(lock_file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!lock) return failure(base::system_error(lock_file));
    while (::flock(lock.number(), LOCK_EX) != 0)
        if (errno != EINTR) return failure(base::system_error(lock_file));
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return failure(base::system_error("mount namespace"));
    // Names are on the disk as soon as they are changed, in this order (MS_DIRSYNC). Reading alone
    // writes nothing: a mount for writing marks the whole file system as in use.
    auto const access = mode == MountMode::read_only ? MS_RDONLY : MS_DIRSYNC;
    if (::mount(device, place, "vfat", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | access,
                "umask=0077,shortname=mixed") != 0)
        return failure(base::system_error(std::string{"mount "} + device));
    return EspMount{std::move(lock)};
}

base::Result<void> EspMount::end() {
    if (::umount2(place, UMOUNT_NOFOLLOW) != 0)
        return failure(base::system_error(std::string{"unmount "} + place));
    return {};
}

}  // namespace slots
