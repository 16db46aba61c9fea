#include "tests/image/power_cuts/write_log.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <string>

namespace power_cuts {
namespace {

using base::Errc;

// drivers/md/dm-log-writes.c in the kernel, block/blklogwrites.c in QEMU: all numbers
// little-endian, the first sector says how many entries follow, and each of them is a sector, then
// its data.
constexpr std::uint64_t magic = 0x006a736677736872;
constexpr std::uint64_t version = 1;
constexpr std::uint64_t super_size = 28;
constexpr std::uint64_t entry_size = 32;
constexpr std::uint64_t least_sector = 512;
constexpr std::uint64_t largest_sector = 1U << 23U;
constexpr std::uint64_t flag_flush = 1, flag_forced = 2, flag_discard = 4, flag_mark = 8;
// Set by the kernel beside others, for whoever reads only a file system's own writes.
constexpr std::uint64_t flag_metadata = 16;

template <class Number>
Number number_at(base::ByteView content, std::uint64_t offset) {
    Number value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        value |= static_cast<Number>(Number{content[offset + i]} << (8 * i));
    return value;
}

std::optional<std::uint64_t> times(std::uint64_t a, std::uint64_t b) {
    if (b != 0 && a > std::numeric_limits<std::uint64_t>::max() / b) return std::nullopt;
    return a * b;
}

struct Super {
    std::uint64_t entries;
    std::uint64_t sector;  // bytes
};

base::Result<Super> read_super(base::ByteView content) {
    if (content.size() < super_size) return base::failure(Errc::malformed, "no write log: empty");
    if (number_at<std::uint64_t>(content, 0) != magic)
        return base::failure(Errc::malformed, "no write log: wrong magic number");
    if (auto const found = number_at<std::uint64_t>(content, 8); found != version)
        return base::failure(Errc::malformed, "write log of version " + std::to_string(found));
    Super const super{number_at<std::uint64_t>(content, 16), number_at<std::uint32_t>(content, 24)};
    if (!std::has_single_bit(super.sector) || super.sector < least_sector ||
        super.sector > largest_sector)
        return base::failure(Errc::malformed,
                             "write log with sectors of " + std::to_string(super.sector));
    if (super.entries > content.size() / super.sector)
        return base::failure(Errc::malformed, "write log shorter than its entries");
    return super;
}

// What is wrong, or nothing and the entry.
std::optional<std::string_view> read_entry(base::ByteView content, std::uint64_t sector,
                                           std::uint64_t at, LogEntry& entry) {
    if (at > content.size() || content.size() - at < sector) return "stands beyond the end";
    auto const first = number_at<std::uint64_t>(content, at);
    auto const count = number_at<std::uint64_t>(content, at + 8);
    auto const flags = number_at<std::uint64_t>(content, at + 16);
    auto const text = number_at<std::uint64_t>(content, at + 24);
    if ((flags & ~(flag_flush | flag_forced | flag_discard | flag_mark | flag_metadata)) != 0)
        return "has unknown flags";
    entry.logged = at;
    entry.flush = (flags & flag_flush) != 0;
    entry.forced = (flags & flag_forced) != 0;
    entry.discard = (flags & flag_discard) != 0;
    entry.mark = (flags & flag_mark) != 0;
    if (entry.mark) {
        // Its text stands in its own sector.
        if (count != 0) return "is a mark that writes";
        if (text > sector - entry_size) return "is a mark of more than a sector";
        entry.data = content.subspan(at + entry_size, text);
        return std::nullopt;
    }
    if (text != 0) return "has a text and is no mark";
    // As a place looks that was kept for an entry and never filled.
    if (count == 0 && !entry.flush) return "writes nothing";
    if (entry.discard && entry.flush) return "is a flush and a discard";
    auto const offset = times(first, sector);
    auto const length = times(count, sector);
    if (!offset || !length || *offset > std::numeric_limits<std::uint64_t>::max() - *length)
        return "lies beyond every disk";
    entry.range = {*offset, *length};
    if (entry.discard) return std::nullopt;
    if (content.size() - at - sector < *length) return "is longer than the log";
    entry.data = content.subspan(at + sector, *length);
    return std::nullopt;
}

}  // namespace

base::Result<WriteLog> WriteLog::parse(base::ByteView content) {
    auto const super = read_super(content);
    if (!super) return base::failure(super.error());
    WriteLog log;
    log.entries_.reserve(super->entries);
    auto at = super->sector;
    for (std::uint64_t number = 0; number < super->entries; ++number) {
        LogEntry entry{};
        if (auto const wrong = read_entry(content, super->sector, at, entry))
            return base::failure(Errc::malformed, "entry " + std::to_string(number) +
                                                      " of the write log " + std::string{*wrong});
        at += super->sector + (entry.mark ? 0 : entry.data.size());
        log.least_disk_ = std::max(log.least_disk_, entry.range.end());
        log.entries_.push_back(entry);
    }
    return log;
}

std::size_t WriteLog::entries_at(std::uint64_t log_bytes) const {
    auto const after = std::ranges::lower_bound(entries_, log_bytes, {}, &LogEntry::logged);
    return static_cast<std::size_t>(after - entries_.begin());
}

}  // namespace power_cuts
