#include "kiosk/spooler/room.hpp"

#include "drivers/base/unix_socket.hpp"
#include "kiosk/spooler/database.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>

namespace spooler {
namespace {

constexpr std::int64_t mib = 1024 * 1024;
// For index pages and receipts while the outbox stands at its limit, and one body of 64 KiB.
constexpr std::int64_t pages_kept_free = 256;

}  // namespace

Room::Room(std::filesystem::path folder, RoomLimits limits)
    : folder_(std::move(folder)), ballast_(folder_ / "ballast"), limits_(limits) {}

Room Room::open(std::filesystem::path const& folder, RoomLimits limits) {
    Room room{folder, limits};
    room.restore_ballast();
    return room;
}

std::int64_t Room::most_pages() const { return limits_.quota_mib * mib / Database::page_size; }

bool Room::for_one_more(std::int64_t pages_used) const {
    return pages_used + pages_kept_free <= most_pages() &&
           free_bytes() >= limits_.least_free_mib * mib;
}

int Room::percent_used(std::int64_t pages_used) const {
    return static_cast<int>(pages_used * 100 / (most_pages() - pages_kept_free));
}

std::int64_t Room::free_bytes() const {
    struct statvfs status {};
    if (::statvfs(folder_.c_str(), &status) != 0) return 0;
    return static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
}

bool Room::has_ballast() const {
    std::error_code code;
    auto const size = std::filesystem::file_size(ballast_, code);
    return !code && size == static_cast<std::uintmax_t>(limits_.ballast_mib * mib);
}

void Room::drop_ballast() {
    std::error_code code;
    std::filesystem::remove(ballast_, code);
}

void Room::restore_ballast() {
    if (limits_.ballast_mib == 0 || has_ballast()) return;
    if (free_bytes() < (limits_.ballast_mib + limits_.least_free_mib) * mib) return;
    base::Descriptor const file{
        ::open(ballast_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!file) return;
    // Blocks that are really taken: a file of holes would free nothing.
    if (::posix_fallocate(file.number(), 0, limits_.ballast_mib * mib) != 0) drop_ballast();
}

}  // namespace spooler
