#include "tests/image/power_cuts/power_cut.hpp"

#include "tests/catch.hpp"
#include "tests/image/power_cuts/logs.hpp"

#include <map>
#include <set>

using namespace power_cuts;

namespace {

// What the pieces make of a disk of zeros: for each sector that is written, its byte.
using Sectors = std::map<std::uint64_t, std::uint8_t>;

Sectors sectors_of(std::vector<Piece> const& pieces) {
    Sectors sectors;
    for (auto const& piece : pieces)
        for (std::uint64_t at = 0; at < piece.range.length; at += 512)
            sectors[(piece.range.offset + at) / 512] = piece.data.empty() ? 0 : piece.data[at];
    return sectors;
}

// All that a thousand seeds leave.
std::set<Sectors> outcomes(WriteLog const& log, std::size_t after, Flushes flushes) {
    std::set<Sectors> all;
    for (std::uint64_t seed = 0; seed < 1000; ++seed)
        all.insert(sectors_of(remains(log, {after, seed}, flushes)));
    return all;
}

}  // namespace

TEST_CASE("what was flushed is safe and what was not may be kept, lost or torn", "[power_cut]") {
    auto const content = LogMaker{}.write(0, 1, 1).flush().write(10, 1, 2).write(20, 2, 3).bytes();
    auto const log = WriteLog::parse(content).value();
    CHECK(safe_entries(log, 1, Flushes::honoured) == 0);
    CHECK(safe_entries(log, 2, Flushes::honoured) == 1);
    CHECK(safe_entries(log, 4, Flushes::honoured) == 1);
    CHECK(outcomes(log, 1, Flushes::honoured) == std::set<Sectors>{{}, {{0, 1}}});
    CHECK(outcomes(log, 2, Flushes::honoured) == std::set<Sectors>{{}});
    CHECK(outcomes(log, 4, Flushes::honoured) == std::set<Sectors>{{},
                                                                   {{10, 2}},
                                                                   {{20, 3}},
                                                                   {{21, 3}},
                                                                   {{20, 3}, {21, 3}},
                                                                   {{10, 2}, {20, 3}},
                                                                   {{10, 2}, {21, 3}},
                                                                   {{10, 2}, {20, 3}, {21, 3}}});
}

TEST_CASE("a later write may be kept although an earlier one to the same place is lost",
          "[power_cut]") {
    auto const content = LogMaker{}.write(5, 1, 1).write(5, 1, 2).bytes();
    auto const log = WriteLog::parse(content).value();
    CHECK(outcomes(log, 2, Flushes::honoured) == std::set<Sectors>{{}, {{5, 1}}, {{5, 2}}});
}

TEST_CASE("a forced write is kept though it makes nothing else safe", "[power_cut]") {
    auto const content = LogMaker{}.write(1, 1, 1).write(2, 1, 2, forced_flag).bytes();
    auto const log = WriteLog::parse(content).value();
    CHECK(outcomes(log, 2, Flushes::honoured) == std::set<Sectors>{{{2, 2}}, {{1, 1}, {2, 2}}});
}

TEST_CASE("a flush that writes makes safe what was before it, not itself", "[power_cut]") {
    auto const content = LogMaker{}.write(1, 1, 1).write(2, 1, 2, flush_flag).bytes();
    auto const log = WriteLog::parse(content).value();
    CHECK(safe_entries(log, 2, Flushes::honoured) == 1);
    CHECK(outcomes(log, 2, Flushes::honoured) == std::set<Sectors>{{}, {{2, 2}}});
}

TEST_CASE("what was discarded is zeros or what it was", "[power_cut]") {
    auto const content = LogMaker{}.entry(7, 1, discard_flag).bytes();
    auto const log = WriteLog::parse(content).value();
    CHECK(outcomes(log, 1, Flushes::honoured) == std::set<Sectors>{{}, {{7, 0}}});
}

TEST_CASE("a disk that ignores flushes may lose all of it", "[power_cut]") {
    auto const content = LogMaker{}.write(0, 1, 1).flush().bytes();
    auto const log = WriteLog::parse(content).value();
    CHECK(outcomes(log, 2, Flushes::ignored) == std::set<Sectors>{{}, {{0, 1}}});
}

TEST_CASE("the same seed leaves the same disk", "[power_cut]") {
    LogMaker maker;
    for (std::uint8_t i = 0; i < 100; ++i)
        maker.write(i * 10U, 4, i);
    auto const content = maker.bytes();
    auto const log = WriteLog::parse(content).value();
    std::set<Sectors> different;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        auto const left = sectors_of(remains(log, {100, seed}, Flushes::honoured));
        CHECK(left == sectors_of(remains(log, {100, seed}, Flushes::honoured)));
        different.insert(left);
    }
    CHECK(different.size() > 60);  // two of six seeds keep all, or nothing
}

TEST_CASE("cuts are spread over all that was recorded, in its order", "[power_cut]") {
    LogMaker maker;
    for (int i = 0; i < 40; ++i)
        maker.flush();
    auto const content = maker.bytes();
    auto const log = WriteLog::parse(content).value();
    auto const few = spread_cuts(log, 10, 10, 1);
    REQUIRE(few.size() == 10);
    CHECK(std::ranges::is_sorted(few, {}, &PowerCut::after));
    CHECK(few.front().after <= 13);
    CHECK(few.back().after >= 37);
    std::set<std::size_t> places;
    std::set<std::uint64_t> seeds;
    for (auto const& cut : spread_cuts(log, 10, 1000, 1)) {
        places.insert(cut.after);
        seeds.insert(cut.seed);
    }
    CHECK(places.size() == 31);  // after 10 to 40 entries
    CHECK(*places.begin() == 10);
    CHECK(*places.rbegin() == 40);
    CHECK(seeds.size() == 1000);
    CHECK(spread_cuts(log, 40, 3, 1).size() == 3);
}
