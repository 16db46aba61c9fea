#include "tests/fuzz/targets.hpp"
#include "tests/image/power_cuts/power_cut.hpp"

namespace fuzz {

bool read_write_log(base::ByteView input) {
    auto const log = power_cuts::WriteLog::parse(input);
    if (!log) return false;
    auto const& entries = log->entries();
    std::uint64_t logged = 0;
    for (auto const& entry : entries) {
        promise(entry.logged > logged, "entries follow each other");
        logged = entry.logged;
        promise(entry.data.empty() ||
                    (entry.data.data() >= input.data() &&
                     entry.data.data() + entry.data.size() <= input.data() + input.size()),
                "data lie within the log");
        promise(entry.mark || entry.discard || entry.data.size() == entry.range.length,
                "a write has all its data");
        promise(entry.range.end() >= entry.range.offset && entry.range.end() <= log->least_disk(),
                "a write lies within the least disk");
    }
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        auto const after = entries.size() * seed / 3;
        auto const safe = power_cuts::safe_entries(*log, after, power_cuts::Flushes::honoured);
        promise(safe <= after, "what is safe was done");
        for (auto const& piece :
             power_cuts::remains(*log, {after, seed}, power_cuts::Flushes::honoured))
            promise(piece.range.length > 0 && piece.range.end() <= log->least_disk() &&
                        (piece.data.empty() || piece.data.size() == piece.range.length),
                    "what is left of a write lies within it");
    }
    return true;
}

}  // namespace fuzz
