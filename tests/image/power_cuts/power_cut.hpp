// What a power cut leaves of the writes that a disk had said were done.
#pragma once

#include "tests/image/power_cuts/write_log.hpp"

namespace power_cuts {

struct PowerCut {
    std::size_t after;   // so many entries of the log were done
    std::uint64_t seed;  // of what became of those that were not safe yet
};

// Ignored: a disk that says that a flush is done and does nothing for it. For the control.
enum class Flushes : std::uint8_t { honoured, ignored };

// Bytes that are on the disk after the cut; no data: zeros.
struct Piece {
    ByteRange range;
    base::ByteView data;
};

// So many of the first entries are whole on the disk whatever the seed.
std::size_t safe_entries(WriteLog const& log, std::size_t after, Flushes flushes);

// What is there of the others, in the order of the log. By the seed: all of them, none, those up to
// one that is torn, all but one that is lost or torn, or each kept, lost or torn by itself. A torn
// write is whole in some of its sectors of 512 bytes and did not happen in the others; a forced one
// is kept.
std::vector<Piece> remains(WriteLog const& log, PowerCut const& cut, Flushes flushes);

// `count` cuts from after `first` entries to after all, in their order, spread evenly, each with a
// seed of its own. When there are more than entries, several share one.
std::vector<PowerCut> spread_cuts(WriteLog const& log, std::size_t first, std::size_t count,
                                  std::uint64_t seed);

}  // namespace power_cuts
