// Whom the boot loader starts, when, and how it leaves the MCU to it.
#include "tests/firmware/boot/guest.hpp"
#include "tests/firmware/boot/programmer.hpp"
#include "tests/firmware/boot/trailer.hpp"

#include "tests/catch.hpp"

using namespace supervisor_tests;
using namespace fake;
using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t power_on_flag = 0x01, external_flag = 0x02, brown_out_flag = 0x04,
                       watchdog_flag = 0x08;

void change(Board& board, std::uint32_t address, std::uint8_t by) {
    board.set_flash(base::Bytes{static_cast<std::uint8_t>(board.flash()[address] ^ by)}, address);
}

bool is_refused(Board& board) {
    return !hear_guest(board, 600ms) && Programmer{board}.sync() && board.complaints().empty();
}

}  // namespace

TEST_CASE("a whole application is started half a second after power, on a clean MCU", "[boot]") {
    Board board{with_loader({"guest_1"})};
    auto const guest = hear_guest(board);
    REQUIRE(guest);
    CHECK(guest->version == 1);
    CHECK(guest->reset_flags == power_on_flag);
    CHECK_FALSE(guest->was_asked_for);
    CHECK(guest->is_clean);
    CHECK(guest->sum == sum_of_guest(1));
    CHECK(board.now() > 500ms);
    CHECK(board.now() < 700ms);
    CHECK(board.complaints().empty());
}

TEST_CASE("no pin but those of the serial port is touched before the application", "[boot]") {
    Board board{with_loader()};
    REQUIRE(Programmer{board}.update(read_intel_hex(image_of("guest_1"))));
    board.run_for(1ms);
    for (char port = 'A'; port <= 'D'; ++port)
        for (int bit = 0; bit < 8; ++bit)
            CHECK(board.edges({port, bit}).empty());
}

TEST_CASE("the application learns why the MCU was reset", "[boot]") {
    Board board{with_loader({"guest_1"})};
    REQUIRE(hear_guest(board));
    board.brown_out();
    CHECK(hear_guest(board)->reset_flags == brown_out_flag);
    board.reset_from_outside();
    CHECK(hear_guest(board)->reset_flags == external_flag);
    board.send(base::Bytes{'W'});
    auto const guest = hear_guest(board);
    CHECK(guest->reset_flags == watchdog_flag);
    CHECK_FALSE(guest->was_asked_for);
    CHECK(guest->is_clean);
}

TEST_CASE("an application that runs astray into the loader is reset by the watchdog", "[boot]") {
    Board board{with_loader({"guest_1"})};
    REQUIRE(hear_guest(board));
    board.send(base::Bytes{'J'});
    auto const guest = hear_guest(board);
    REQUIRE(guest);
    CHECK(guest->reset_flags == watchdog_flag);
    CHECK(guest->is_clean);
}

TEST_CASE("asked for by the application, the loader listens for 30 seconds, then starts it",
          "[boot]") {
    Board board{with_loader({"guest_1"})};
    REQUIRE(hear_guest(board));
    board.send(base::Bytes{'L'});
    auto const begun = board.now();
    auto const guest = hear_guest(board, 40s);
    REQUIRE(guest);
    CHECK(guest->was_asked_for);
    CHECK(board.now() - begun > 30s);
    CHECK(board.now() - begun < 31s);
    board.reset_from_outside();
    CHECK_FALSE(hear_guest(board)->was_asked_for);
}

TEST_CASE("the word that asks for the loader counts after the watchdog only", "[boot]") {
    Board board{with_loader({"guest_1"})};
    REQUIRE(hear_guest(board));
    for (std::uint16_t i = 0; i < 4; ++i)
        board.set_data(static_cast<Address>(sram_begin + i), "DAOL"[i]);
    board.brown_out();
    CHECK_FALSE(hear_guest(board)->was_asked_for);
    for (std::uint16_t i = 0; i < 4; ++i)
        board.set_data(static_cast<Address>(sram_begin + i), "DAOL"[i]);
    board.send(base::Bytes{'W'});  // the control: this is how it is asked
    CHECK_FALSE(hear_guest(board, 2s));
}

TEST_CASE("noise does not keep the loader from starting the application", "[boot]") {
    Board board{with_loader({"guest_1"})};
    std::mt19937 random{20260101};
    board.run_until(
        [&] {
            if (board.unsent() == 0)
                board.send(base::Bytes(16, static_cast<std::uint8_t>(random())));
            return board.now() > 400ms;
        },
        1s);
    board.take_received();
    CHECK(hear_guest(board));
}

TEST_CASE("after a conversation that ends in the middle the application is started", "[boot]") {
    Board board{with_loader({"guest_1"})};
    Programmer programmer{board};
    REQUIRE(programmer.sync());
    REQUIRE(programmer.enter());
    auto const begun = board.now();
    CHECK(hear_guest(board, 20s));
    CHECK(board.now() - begun > 8s);
    CHECK(board.now() - begun < 9s);
}

TEST_CASE("the loader answers for ever where there is no application", "[boot]") {
    Board board{with_loader()};
    Programmer programmer{board};
    CHECK(programmer.sync());
    board.cut_power();
    board.give_power();
    board.run_for(3s);
    CHECK(programmer.sync());
    board.run_for(10s);
    CHECK(programmer.sync());
    CHECK(board.resets(Reset::watchdog) == 0);
}

TEST_CASE("an application with one bit changed is not started", "[boot]") {
    auto const image = read_intel_hex(image_of("guest_1"));
    for (auto const& [address, page] : image) {
        if (address == boot::trailer_page) continue;
        Board board{with_loader({"guest_1"})};
        change(board, address + 5, 0x10);
        INFO("page at " << address);
        CHECK(is_refused(board));
    }
}

TEST_CASE("a trailer with any byte changed starts nothing", "[boot]") {
    for (auto address = boot::trailer_begin; address < boot::loader_begin; ++address) {
        Board board{with_loader({"guest_1"})};
        change(board, address, 0x01);
        INFO("byte " << address - boot::trailer_begin);
        CHECK(is_refused(board));
    }
}

TEST_CASE("a length of nothing, or of more than an application may have, starts nothing",
          "[boot]") {
    for (auto const length : {0U, boot::trailer_page + 1, 0xFFFFFFFFU}) {
        Board board{with_loader({"guest_1"})};
        board.set_flash(forged_trailer(board.flash(), length), boot::trailer_begin);
        CHECK(is_refused(board));
    }
}

TEST_CASE("control: a changed application is started when its trailer is forged", "[boot]") {
    Board board{with_loader({"guest_1"})};
    change(board, 0x400, 0x10);  // in its table
    board.set_flash(forged_trailer(board.flash(), 0x600), boot::trailer_begin);
    auto const guest = hear_guest(board);
    REQUIRE(guest);
    CHECK(guest->sum != sum_of_guest(1));
}

TEST_CASE("a loader that hangs is reset by the watchdog", "[boot]") {
    Board board{with_loader()};
    board.run_for(100ms);
    // A loop of one instruction where it stands now: it no longer feeds the watchdog.
    for (auto address = boot::loader_begin; address < boot::loader_begin + 0x1000; address += 2)
        if (address > board.program_counter() - 0x40 && address < board.program_counter() + 0x40)
            board.set_flash(base::Bytes{0xFF, 0xCF}, address);
    CHECK(board.run_until([&] { return board.resets(Reset::watchdog) == 1; }, 2s));
}
