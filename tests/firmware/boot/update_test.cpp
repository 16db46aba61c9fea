// Updates in simulated time: whole, interrupted, in any order, and of what is not the loader's to
// change.
#include "tests/firmware/boot/guest.hpp"
#include "tests/firmware/boot/interrupted_update.hpp"
#include "tests/firmware/boot/programmer.hpp"

#include "tests/catch.hpp"

#include <algorithm>

using namespace supervisor_tests;
using namespace fake;
using namespace std::chrono_literals;

namespace {

Image const& guest_2() {
    static Image const image = read_intel_hex(image_of("guest_2"));
    return image;
}

void require_guest(Board& board, int version) {
    auto const guest = hear_guest(board);
    REQUIRE(guest);
    CHECK(guest->version == version);
    CHECK(guest->sum == sum_of_guest(version));
    CHECK(board.complaints().empty());
}

bool fails(Programmer& programmer, base::Bytes const& command) { return !programmer.ask(command); }

}  // namespace

TEST_CASE("an application is replaced by a longer one, and that by a shorter one", "[boot]") {
    Board board{with_loader({"guest_1"})};
    Programmer programmer{board};
    REQUIRE(programmer.update(guest_2()));
    require_guest(board, 2);
    board.reset_from_outside();
    REQUIRE(programmer.update(read_intel_hex(image_of("guest_1"))));
    require_guest(board, 1);
    CHECK(board.overruns() == 0);
}

TEST_CASE("the application asks for its own update", "[boot]") {
    Board board{with_loader({"guest_1"})};
    REQUIRE(hear_guest(board));
    board.send(base::Bytes{'L'});
    board.run_for(5s);
    REQUIRE(Programmer{board}.update(guest_2()));
    auto const guest = hear_guest(board);
    REQUIRE(guest);
    CHECK(guest->version == 2);
    CHECK(guest->was_asked_for);
    CHECK(guest->is_clean);
}

TEST_CASE("an application that hangs at every start is replaced all the same", "[boot]") {
    Board board{with_loader({"guest_that_hangs"})};
    REQUIRE(board.run_until([&] { return board.resets(Reset::watchdog) == 2; }, 5s));
    REQUIRE(Programmer{board}.update(guest_2()));
    require_guest(board, 2);
}

TEST_CASE("no power cut in an update leaves a mixture that starts, or a board that is lost",
          "[boot]") {
    auto const outcome =
        cut_power_everywhere({.fates = {Fate::erased, Fate::half, Fate::junk}, .recover_each = 4});
    for (auto const& what : outcome.broken)
        FAIL_CHECK(what);
    CHECK(outcome.cuts == 2 * 3 * static_cast<int>(guest_2().size()));
    CHECK(outcome.old_started == 1);  // its trailer half erased, in the half that holds nothing
    CHECK(outcome.new_started == 0);
    CHECK(outcome.recoveries >= 10);
}

TEST_CASE("control: with trailers that fit, the same cuts do start mixtures", "[boot]") {
    auto const outcome =
        cut_power_everywhere({.fates = {Fate::half}, .recover_each = 100, .forge_trailers = true});
    CHECK(outcome.mixtures_started > 3);  // others do not come far enough to say anything
}

TEST_CASE("whatever order the pages come in, the trailer goes first and comes last", "[boot]") {
    for (auto const order : {Order::descending, Order::trailer_first}) {
        auto const outcome =
            cut_power_everywhere({.order = order, .fates = {Fate::done}, .recover_each = 100});
        for (auto const& what : outcome.broken)
            FAIL_CHECK(what);
        CHECK(outcome.new_started == 1);
        CHECK(outcome.refused == outcome.cuts - 1);
    }
}

TEST_CASE("a programmer that leaves before the last page leaves nothing to start", "[boot]") {
    Board board{with_loader({"guest_1"})};
    Programmer programmer{board};
    REQUIRE(programmer.sync());
    REQUIRE(programmer.enter());
    REQUIRE(programmer.program(boot::trailer_page, guest_2().at(boot::trailer_page)));
    for (auto const& [address, page] : guest_2())
        if (address != boot::trailer_page && address != 0x300)
            REQUIRE(programmer.program(address, page));
    CHECK_FALSE(programmer.leave());
    CHECK_FALSE(hear_guest(board, 3s));
    REQUIRE(programmer.update(guest_2()));
    require_guest(board, 2);
}

TEST_CASE("a second try does not lean on pages of the first", "[boot]") {
    Board board{with_loader({"guest_1"})};
    Programmer programmer{board};
    REQUIRE(programmer.sync());
    REQUIRE(programmer.enter());
    for (auto const& [address, page] : guest_2())
        REQUIRE(programmer.program(address, page));
    REQUIRE(programmer.enter());
    REQUIRE(programmer.program(boot::trailer_page, guest_2().at(boot::trailer_page)));
    CHECK_FALSE(programmer.leave());
}

TEST_CASE("the loader changes neither itself nor the EEPROM, and nothing unasked", "[boot]") {
    Board board{with_loader({"guest_1"})};
    auto const before = board.flash();
    Programmer programmer{board};
    Page const zeros{};
    REQUIRE(programmer.sync());
    CHECK_FALSE(programmer.program(0, zeros));  // before it was asked to program
    REQUIRE(programmer.enter());
    for (auto address = boot::loader_begin; address < flash_size; address += page_size)
        CHECK_FALSE(programmer.program(address, zeros));
    CHECK_FALSE(programmer.program(0x180, zeros));  // not the beginning of a page
    base::Bytes eeprom{0x64, 0, 4, 'E', 1, 2, 3, 4};
    CHECK(fails(programmer, eeprom));
    CHECK(fails(programmer, {0x74, 0, 4, 'E'}));
    CHECK(fails(programmer, {0x74, 1, 1, 'F'}));
    REQUIRE(programmer.leave());
    CHECK(board.flash() == before);
    CHECK(board.page_changes() == 0);
    CHECK(std::ranges::count(board.eeprom(), 0xFF) == eeprom_size);
    CHECK(hear_guest(board));
}

TEST_CASE("the loader says which chip it is, and shows all of its flash", "[boot]") {
    Board board{with_loader({"guest_1"})};
    Programmer programmer{board};
    REQUIRE(programmer.sync());
    CHECK(programmer.ask({0x75}, 3) == base::Bytes{0x1E, 0x97, 0x05});
    auto const flash = board.flash();
    for (std::uint32_t const address : {0U, 0x500U, boot::trailer_page, boot::loader_begin}) {
        auto const found = programmer.read(address, 256);
        REQUIRE(found);
        CHECK(std::ranges::equal(*found, base::ByteView{flash}.subspan(address, 256)));
    }
}

TEST_CASE("a programmer killed in the middle of a page does not lock out the next", "[boot]") {
    Board board{with_loader()};
    Programmer programmer{board};
    REQUIRE(programmer.sync());
    REQUIRE(programmer.enter());
    board.send(base::Bytes(100, 0x64));
    board.run_for(300ms);
    CHECK(programmer.sync(300ms));
    CHECK(programmer.update(guest_2()));
}

TEST_CASE("an EEPROM write that the reset met is finished before a page is changed", "[boot]") {
    Board board{with_loader({"guest_1"})};
    REQUIRE(hear_guest(board));
    board.send(base::Bytes{'E'});
    REQUIRE(board.run_until([&] { return board.eeprom_write().has_value(); }, 1s));
    board.reset_from_outside();
    // Two bytes of a page, said without waiting for answers: sooner than the EEPROM is done.
    board.send(base::Bytes(6, 0x00));  // until it listens
    board.send(base::Bytes{0x30, 0x20, 0x50, 0x20, 0x55, 0x00, 0x10, 0x20});
    board.send(base::Bytes{0x64, 0x00, 0x02, 'F', 0x12, 0x34, 0x20});
    REQUIRE(board.run_until([&] { return board.unsent() == 0; }, 1s));
    CHECK(board.eeprom_write());
    REQUIRE(board.run_until([&] { return board.page_changes() == 3; }, 1s));  // trailer, page
    board.run_for(5ms);
    CHECK(board.eeprom()[0] == 0x42);
    CHECK(board.flash()[0x2000] == 0x12);
    CHECK(board.flash()[0x2001] == 0x34);
    CHECK(board.complaints().empty());
}
