#include "firmware/core/slot_ring.hpp"

#include "tests/catch.hpp"
#include "tests/firmware/core/memory_of_board.hpp"

#include <array>

using namespace supervisor;

namespace {

constexpr RingLayout layout{16, 5, 6};
using Record = std::array<std::uint8_t, 6>;

// What the record of this sequence holds in these tests.
Record record_of(std::uint32_t sequence) {
    Record record;
    for (std::size_t i = 0; i < record.size(); ++i)
        record[i] = static_cast<std::uint8_t>(sequence * 37 + i);
    return record;
}

void append_next(SlotRing& ring) {
    ring.append(record_of(ring.next()).data());
    while (!ring.step()) {
    }
}

bool holds(SlotRing const& ring, std::uint32_t sequence) {
    Record found{};
    if (!ring.read(sequence, found.data())) return false;
    REQUIRE(found == record_of(sequence));  // whatever it says it holds, it holds
    return true;
}

}  // namespace

TEST_CASE("the last records are kept, the oldest make room", "[slot_ring]") {
    BoardMemory memory;
    SlotRing ring{memory, layout};
    CHECK(ring.empty());
    for (int i = 0; i < 23; ++i)
        append_next(ring);
    SlotRing const again{memory, layout};
    CHECK(again.next() == 24);
    for (std::uint32_t sequence = 19; sequence <= 23; ++sequence)
        CHECK(holds(again, sequence));
    CHECK_FALSE(holds(again, 18));
    CHECK_FALSE(holds(again, 24));
}

TEST_CASE("the power may go at every byte: what was safe is there, what was not is whole or absent",
          "[slot_ring]") {
    for (std::uint32_t before = 0; before < 12; ++before)
        for (int cut = 0; cut < layout.body + slot_overhead + 1; ++cut)
            for (auto const fate : BoardMemory::fates)
                for (int repeat = 0; repeat < 20; ++repeat) {
                    BoardMemory memory;
                    SlotRing ring{memory, layout};
                    while (ring.next() <= before)
                        append_next(ring);
                    memory.cut_after(cut, fate);
                    try {
                        append_next(ring);
                    } catch (BoardMemory::PowerLost const&) {
                    }
                    memory.power_comes_back();
                    SlotRing again{memory, layout};
                    // All but the one whose place was taken.
                    for (auto sequence = before > 4 ? before - 3 : 1; sequence <= before;
                         ++sequence)
                        REQUIRE(holds(again, sequence));
                    REQUIRE((again.next() == before + 1 || again.next() == before + 2));
                    if (again.next() == before + 2) REQUIRE(holds(again, before + 1));
                    append_next(again);
                    REQUIRE(holds(again, again.next() - 1));
                }
}

TEST_CASE("a cell that grew old loses its own record and no other", "[slot_ring]") {
    for (int bit = 0; bit < 5 * (layout.body + slot_overhead) * 8; ++bit) {
        BoardMemory memory;
        SlotRing ring{memory, layout};
        for (int i = 0; i < 5; ++i)
            append_next(ring);
        auto& byte = memory.bytes.at(static_cast<std::size_t>(layout.address + bit / 8));
        byte = static_cast<std::uint8_t>(byte ^ 1 << bit % 8);
        SlotRing const again{memory, layout};
        int kept = 0;
        for (std::uint32_t sequence = 1; sequence <= 5; ++sequence)
            kept += holds(again, sequence) ? 1 : 0;
        REQUIRE(kept == 4);
    }
}

TEST_CASE("a memory of junk is an empty ring", "[slot_ring]") {
    std::mt19937 random{3};
    for (int i = 0; i < 2000; ++i) {
        BoardMemory memory;
        for (auto& byte : memory.bytes)
            byte = static_cast<std::uint8_t>(random());
        SlotRing ring{memory, layout};
        if (ring.empty()) {
            append_next(ring);
            REQUIRE(holds(ring, 1));
        }
    }
}
