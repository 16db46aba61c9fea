#include "drivers/supervisor/update.hpp"

#include "firmware/version.hpp"
#include "tests/catch.hpp"
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/board/bench_board.hpp"

using namespace supervisor;
using base::Errc;

namespace {

Firmware const ours{SUPERVISOR, firmware_version};

struct Field {
    fake::LiveBoard board;

    explicit Field(char const* application)
        : board({.images = {BOOT_LOADER, application},
                 .boot_section = boot::loader_begin,
                 .starts_in_boot_section = true,
                 .boot_section_locked = true}) {
        board.ask([](fake::Board& quiet) { set_quiet(quiet); });
        REQUIRE(board.wait_until(
            [](fake::Board& started) { return started.output(lamp_red) == fake::Drive::high; },
            10s));
    }
    Version version() {
        auto const greeted = Board::open(board.port(), 1);
        REQUIRE(greeted);
        return greeted->greeting().firmware;
    }
    std::int64_t page_changes() {
        return board.ask([](fake::Board& asked) { return asked.page_changes(); });
    }
};

}  // namespace

TEST_CASE("a board with another firmware is given this image's, by the stock avrdude",
          "[supervisor][live][update]") {
    Field field{SUPERVISOR_BEFORE};
    CHECK(field.version() == Version{0, 9, 0});
    auto const updated = update(field.board.port(), ours, 1);
    if (!updated) FAIL(base::describe(updated.error()));
    CHECK(*updated == Updated::replaced);
    CHECK(field.version() == firmware_version);
    // Once is enough.
    auto const pages = field.page_changes();
    CHECK(update(field.board.port(), ours, 1).value() == Updated::already_there);
    CHECK(field.page_changes() == pages);
    // Its memory was left alone, and that it went into its loader is no hang.
    auto board = Board::open(field.board.port(), 1);
    REQUIRE(board);
    auto const counters = board->counters();
    REQUIRE(counters);
    CHECK((*counters)[static_cast<std::size_t>(Counter::power_on)] == 1);
    CHECK((*counters)[static_cast<std::size_t>(Counter::watchdog)] == 0);
    CHECK(field.board.ask([](fake::Board& asked) { return asked.complaints().empty(); }));
}

TEST_CASE("a board left with half an update, in its loader, is given the whole one",
          "[supervisor][live][update]") {
    fake::LiveBoard board{{.images = {BOOT_LOADER},
                           .boot_section = boot::loader_begin,
                           .starts_in_boot_section = true,
                           .boot_section_locked = true}};
    board.ask([](fake::Board& quiet) { set_quiet(quiet); });
    CHECK(Board::open(board.port(), 1).error().code == Errc::timed_out);
    auto const updated = update(board.port(), ours, 1);
    if (!updated) FAIL(base::describe(updated.error()));
    CHECK(*updated == Updated::replaced);
    CHECK(Board::open(board.port(), 1).value().greeting().firmware == firmware_version);
}

TEST_CASE("an update that cannot be says why, and leaves the board as it is",
          "[supervisor][live][update]") {
    Field field{SUPERVISOR_BEFORE};
    CHECK(update(field.board.port(), {"/nonexistent.hex", {1, 0, 0}}, 1).error().code ==
          Errc::file_unreadable);
    CHECK(update("/nonexistent/port", ours, 1).error().code == Errc::connection_lost);
    {
        auto const busy = Board::open(field.board.port(), 1);
        CHECK(update(field.board.port(), ours, 1).error().code == Errc::conflict);
    }
    CHECK(field.version() == Version{0, 9, 0});
    CHECK(field.page_changes() == 0);
}
