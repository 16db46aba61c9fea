#include "tests/image/power_cuts/write_log.hpp"

#include "tests/catch.hpp"
#include "tests/image/power_cuts/logs.hpp"

using namespace power_cuts;

namespace {

std::string refusal(base::Bytes const& content) {
    auto const log = WriteLog::parse(content);
    REQUIRE_FALSE(log);
    CHECK(log.error().code == base::Errc::malformed);
    return log.error().detail;
}

}  // namespace

TEST_CASE("a log tells its writes, flushes, discards and marks in their order", "[write_log]") {
    auto const content = LogMaker{}
                             .write(8, 2, 0xA1)
                             .flush()
                             .mark("enrolled")
                             .entry(100, 4, discard_flag)
                             .write(9, 1, 0xB2, forced_flag)
                             .write(3, 1, 0xC3, flush_flag)
                             .bytes();
    auto const log = WriteLog::parse(content);
    REQUIRE(log);
    auto const& entries = log->entries();
    REQUIRE(entries.size() == 6);
    CHECK(entries[0].range == ByteRange{8 * 512, 2 * 512});
    CHECK(base::Bytes{entries[0].data.begin(), entries[0].data.end()} == base::Bytes(1024, 0xA1));
    CHECK((entries[1].flush && entries[1].range.length == 0));
    CHECK((entries[2].mark && base::to_text(entries[2].data) == "enrolled"));
    CHECK((entries[3].discard && entries[3].data.empty()));
    CHECK(entries[3].range == ByteRange{100 * 512, 4 * 512});
    CHECK((entries[4].forced && entries[4].data[0] == 0xB2));
    CHECK((entries[5].flush && entries[5].data[0] == 0xC3));
    CHECK(log->least_disk() == 104 * 512);
}

TEST_CASE("a moment is how long the log was", "[write_log]") {
    auto const content = LogMaker{}.write(0, 2, 1).flush().write(5, 1, 2).bytes();
    auto const log = WriteLog::parse(content);
    REQUIRE(log);
    CHECK(log->entries_at(0) == 0);
    CHECK(log->entries_at(512) == 0);      // the head alone
    CHECK(log->entries_at(4 * 512) == 1);  // and the first write
    CHECK(log->entries_at(5 * 512) == 2);
    CHECK(log->entries_at(content.size()) == 3);
}

TEST_CASE("entries that are not counted are not read", "[write_log]") {
    auto const content = LogMaker{}.write(0, 1, 1).flush().bytes(-1);
    auto const log = WriteLog::parse(content);
    REQUIRE(log);
    CHECK(log->entries().size() == 1);
}

TEST_CASE("a log that is not one, or not whole, is refused with the entry", "[write_log]") {
    CHECK(refusal({}) == "no write log: empty");
    auto other = LogMaker{}.bytes();
    other[0] = 0;
    CHECK(refusal(other) == "no write log: wrong magic number");
    auto later = LogMaker{}.bytes();
    later[8] = 2;
    CHECK(refusal(later) == "write log of version 2");
    for (auto const sector_bytes : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{3}}) {
        auto odd = LogMaker{}.bytes();
        odd[25] = sector_bytes;  // 0, 256 and 768 bytes
        CHECK(refusal(odd).starts_with("write log with sectors of "));
    }
    CHECK(refusal(LogMaker{}.flush().bytes(5)) == "write log shorter than its entries");
    CHECK(refusal(LogMaker{}.write(0, 4, 1).bytes(1)) ==
          "entry 1 of the write log stands beyond the end");
    CHECK(refusal(LogMaker{}.entry(0, 1, 0).bytes()) ==
          "entry 0 of the write log is longer than the log");
    CHECK(refusal(LogMaker{}.flush().entry(0, 0, 0).bytes()) ==
          "entry 1 of the write log writes nothing");
    CHECK(refusal(LogMaker{}.entry(0, 0, 32).bytes()) ==
          "entry 0 of the write log has unknown flags");
    CHECK(refusal(LogMaker{}.entry(0, 0, flush_flag, 5).bytes()) ==
          "entry 0 of the write log has a text and is no mark");
    CHECK(refusal(LogMaker{}.entry(0, 1, mark_flag, 5).bytes()) ==
          "entry 0 of the write log is a mark that writes");
    CHECK(refusal(LogMaker{}.entry(0, 0, mark_flag, 481).bytes()) ==
          "entry 0 of the write log is a mark of more than a sector");
    CHECK(refusal(LogMaker{}.entry(1, 1, flush_flag | discard_flag).bytes()) ==
          "entry 0 of the write log is a flush and a discard");
}

TEST_CASE("no number of an entry is large enough to reach around the end of numbers",
          "[write_log]") {
    constexpr auto all = ~std::uint64_t{0};
    for (auto const& [sector, count] :
         {std::pair{all, std::uint64_t{1}}, std::pair{std::uint64_t{1}, all},
          std::pair{all / 512, std::uint64_t{1}}, std::pair{all, all}}) {
        CHECK(refusal(LogMaker{}.entry(sector, count, discard_flag).bytes()) ==
              "entry 0 of the write log lies beyond every disk");
        CHECK(refusal(LogMaker{}.entry(sector, count, 0).bytes()) ==
              "entry 0 of the write log lies beyond every disk");
    }
}
