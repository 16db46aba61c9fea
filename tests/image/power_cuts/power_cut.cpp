#include "tests/image/power_cuts/power_cut.hpp"

#include <algorithm>
#include <random>

namespace power_cuts {
namespace {

using Random = std::mt19937_64;

constexpr std::uint64_t sector = 512;  // what a disk writes whole or not at all

std::uint64_t below(std::uint64_t limit, Random& random) { return random() % limit; }

void keep(LogEntry const& entry, std::uint64_t from, std::uint64_t to, std::vector<Piece>& pieces) {
    if (from == to) return;
    auto const data = entry.discard ? base::ByteView{} : entry.data.subspan(from, to - from);
    pieces.push_back({{entry.range.offset + from, to - from}, data});
}

void keep(LogEntry const& entry, std::vector<Piece>& pieces) {
    keep(entry, 0, entry.range.length, pieces);
}

void tear(LogEntry const& entry, std::vector<Piece>& pieces, Random& random) {
    auto const sectors = entry.range.length / sector;
    if (sectors == 0) return;
    if (below(2, random) == 0) {  // up to somewhere
        keep(entry, 0, below(sectors + 1, random) * sector, pieces);
        return;
    }
    std::uint64_t begin = 0;  // of a run of sectors that were written
    for (std::uint64_t i = 0; i < sectors; ++i) {
        if (below(2, random) == 0) continue;
        keep(entry, begin, i * sector, pieces);
        begin = (i + 1) * sector;
    }
    keep(entry, begin, entry.range.length, pieces);
}

std::vector<Piece> up_to_one(std::span<LogEntry const> entries, Random& random) {
    std::vector<Piece> pieces;
    auto const torn = below(entries.size() + 1, random);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i < torn || entries[i].forced)
            keep(entries[i], pieces);
        else if (i == torn)
            tear(entries[i], pieces, random);
    }
    return pieces;
}

std::vector<Piece> all_but_one(std::span<LogEntry const> entries, Random& random) {
    std::vector<Piece> pieces;
    auto const missing = below(std::max<std::size_t>(entries.size(), 1), random);
    bool const torn = below(2, random) == 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i != missing || entries[i].forced)
            keep(entries[i], pieces);
        else if (torn)
            tear(entries[i], pieces, random);
    }
    return pieces;
}

std::vector<Piece> each_by_itself(std::span<LogEntry const> entries, Random& random) {
    std::vector<Piece> pieces;
    auto const kept = 1 + below(8, random);  // of ten
    for (auto const& entry : entries) {
        auto const fate = below(10, random);
        if (fate < kept || entry.forced)
            keep(entry, pieces);
        else if (fate == kept)
            tear(entry, pieces, random);
    }
    return pieces;
}

}  // namespace

std::size_t safe_entries(WriteLog const& log, std::size_t after, Flushes flushes) {
    if (flushes == Flushes::ignored) return 0;
    auto const& entries = log.entries();
    for (auto number = std::min(after, entries.size()); number > 0; --number)
        if (entries[number - 1].flush) return number - 1;
    return 0;
}

std::vector<Piece> remains(WriteLog const& log, PowerCut const& cut, Flushes flushes) {
    Random random{cut.seed};
    auto const safe = safe_entries(log, cut.after, flushes);
    std::vector<LogEntry> entries;  // that write
    for (auto number = safe; number < std::min(cut.after, log.entries().size()); ++number)
        if (log.entries()[number].range.length != 0) entries.push_back(log.entries()[number]);
    std::vector<Piece> pieces;
    switch (below(6, random)) {
    case 0:
        for (auto const& entry : entries)
            keep(entry, pieces);
        return pieces;
    case 1:
        for (auto const& entry : entries)
            if (entry.forced) keep(entry, pieces);
        return pieces;
    case 2: return up_to_one(entries, random);
    case 3: return all_but_one(entries, random);
    default: return each_by_itself(entries, random);
    }
}

std::vector<PowerCut> spread_cuts(WriteLog const& log, std::size_t first, std::size_t count,
                                  std::uint64_t seed) {
    Random random{seed};
    auto const places = log.entries().size() - std::min(first, log.entries().size()) + 1;
    std::vector<PowerCut> cuts;
    for (std::size_t i = 0; i < count; ++i) {
        // Somewhere in each of `count` shares, so that no rhythm of the log is met every time.
        auto const begin = i * places / count;
        auto const end = std::max((i + 1) * places / count, begin + 1);
        cuts.push_back({first + begin + below(end - begin, random), random()});
    }
    return cuts;
}

}  // namespace power_cuts
