#include "tests/image/power_cuts/replayed_disk.hpp"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>

namespace power_cuts {

namespace fs = std::filesystem;

namespace {

base::Result<base::Descriptor> copy_of(fs::path const& before, fs::path const& working) {
    auto const content = MappedFile::open(before);
    if (!content) return base::failure(content.error());
    base::Descriptor const holes{::open(before.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!holes) return base::failure(base::system_error("open " + before.native()));
    auto const size = content->content().size();
    auto made = make_sparse(working, size);
    if (!made) return made;
    if (auto const copied = copy_sparse(content->content(), holes, {0, size}, *made); !copied)
        return base::failure(copied.error());
    return made;
}

base::Result<void> put(base::Descriptor const& file, std::uint64_t offset, Piece const& piece) {
    if (piece.data.empty()) return write_zeros(file, {offset, piece.range.length});
    return write_at(file, offset, piece.data);
}

// The part of a piece that lies in the range, which meets it.
Piece part_of(Piece const& piece, ByteRange range) {
    auto const begin = std::max(piece.range.offset, range.offset);
    auto const length = std::min(piece.range.end(), range.end()) - begin;
    auto const data =
        piece.data.empty() ? piece.data : piece.data.subspan(begin - piece.range.offset, length);
    return {{begin, length}, data};
}

}  // namespace

base::Result<ReplayedDisk> ReplayedDisk::make(fs::path before, WriteLog const& log,
                                              fs::path working, Flushes flushes) {
    auto copy = copy_of(before, working);
    if (!copy) return base::failure(copy.error());
    auto content = MappedFile::open(working);
    if (!content) return base::failure(content.error());
    if (log.least_disk() > content->content().size())
        return base::failure(base::Errc::malformed, "the log writes beyond the end of the disk");
    return ReplayedDisk{std::move(before), log, std::move(working), flushes, std::move(*content),
                        std::move(*copy)};
}

base::Result<void> ReplayedDisk::cut(PowerCut const& cut) {
    auto const safe = safe_entries(*log_, cut.after, flushes_);
    if (safe < applied_) {
        auto anew = make(before_, *log_, working_, flushes_);
        if (!anew) return base::failure(anew.error());
        *this = std::move(*anew);
    }
    if (auto const applied = apply(safe); !applied) return applied;
    pieces_ = remains(*log_, cut, flushes_);
    return {};
}

base::Result<void> ReplayedDisk::apply(std::size_t until) {
    for (; applied_ < until; ++applied_) {
        auto const& entry = log_->entries()[applied_];
        if (entry.range.length == 0) continue;
        if (auto const done = put(file_, entry.range.offset, {entry.range, entry.data}); !done)
            return done;
    }
    return {};
}

void ReplayedDisk::patch(ByteRange range, base::Bytes& bytes) const {
    for (auto const& piece : pieces_) {
        if (!piece.range.meets(range)) continue;
        auto const part = part_of(piece, range);
        auto const at =
            bytes.begin() + static_cast<std::ptrdiff_t>(part.range.offset - range.offset);
        if (part.data.empty())
            std::fill_n(at, part.range.length, std::uint8_t{0});
        else
            std::ranges::copy(part.data, at);
    }
}

base::Bytes ReplayedDisk::read(ByteRange range) const {
    auto const safe = content_.content().subspan(range.offset, range.length);
    base::Bytes bytes{safe.begin(), safe.end()};
    patch(range, bytes);
    return bytes;
}

base::Result<void> ReplayedDisk::extract(ByteRange range, fs::path const& to) const {
    auto const made = make_sparse(to, range.length);
    if (!made) return base::failure(made.error());
    if (auto const copied = copy_sparse(content_.content(), file_, range, *made); !copied)
        return copied;
    for (auto const& piece : pieces_) {
        if (!piece.range.meets(range)) continue;
        auto const part = part_of(piece, range);
        if (auto const done = put(*made, part.range.offset - range.offset, part); !done)
            return done;
    }
    return {};
}

std::optional<std::size_t> ReplayedDisk::settled(ByteRange range) const {
    auto const touches = [&](auto const& written) { return written.range.meets(range); };
    if (std::ranges::any_of(pieces_, touches)) return std::nullopt;
    auto number = applied_;
    while (number > 0 && !touches(log_->entries()[number - 1]))
        --number;
    return number;
}

crypto::Sha256 ReplayedDisk::sha256(ByteRange range) {
    auto const settled_at = settled(range);
    if (!settled_at) return crypto::sha256(read(range));
    auto const key = std::pair{range.offset, range.length};
    auto const known = hashes_.find(key);
    if (known != hashes_.end() && known->second.settled == *settled_at) return known->second.hash;
    auto const hash = crypto::sha256(content_.content().subspan(range.offset, range.length));
    hashes_[key] = {*settled_at, hash};
    return hash;
}

}  // namespace power_cuts
