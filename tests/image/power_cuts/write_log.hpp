// The log of QEMU's block driver blklogwrites, in the format of the kernel's dm-log-writes: what a
// guest wrote to its disk, in the order in which the disk said that it was done, and the flushes
// between.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <vector>

namespace power_cuts {

// Bytes of a disk.
struct ByteRange {
    std::uint64_t offset;
    std::uint64_t length;

    std::uint64_t end() const { return offset + length; }
    bool meets(ByteRange const& other) const {
        return offset < other.end() && other.offset < end();
    }
    bool operator==(ByteRange const&) const = default;
};

struct LogEntry {
    ByteRange range;       // on the disk; empty for a flush alone and for a mark
    base::ByteView data;   // what was written, or the text of a mark; empty for a discard
    std::uint64_t logged;  // where the entry stands in the log, bytes
    bool flush = false;    // all that was done before is safe; a write of its own comes after it
    bool forced = false;   // "force unit access": this write is safe when it is done
    bool discard = false;  // the disk was told that it may forget these bytes
    bool mark = false;     // a note of whoever recorded; QEMU makes none
};

class WriteLog {
  public:
    // A whole log, as it stands in the file; `content` must outlive what is returned, and be
    // aligned by nothing. Errors (Errc::malformed) name the entry. Entries that the first sector
    // does not count are not read: nobody says that they are whole.
    static base::Result<WriteLog> parse(base::ByteView content);

    std::vector<LogEntry> const& entries() const { return entries_; }
    // The end of what was written last; a disk must be at least so large.
    std::uint64_t least_disk() const { return least_disk_; }
    // How many entries had been begun when the log was so long, which is how a recorder notes a
    // moment.
    std::size_t entries_at(std::uint64_t log_bytes) const;

  private:
    std::vector<LogEntry> entries_;
    std::uint64_t least_disk_ = 0;
};

}  // namespace power_cuts
