#include "drivers/supervisor/update.hpp"

#include "drivers/base/process.hpp"
#include "drivers/supervisor/names.hpp"

namespace supervisor {

using base::Errc;
using base::failure;
using base::Result;
using namespace std::chrono_literals;

namespace {

// 32 KB take 8 s to write and to read back.
constexpr auto longest_programming = 60s;
// After it the loader checks the application, and the board starts.
constexpr auto longest_start = 10s;

// Into the loader, where there is a supervisor to ask; one that does not answer is there already.
Result<Updated> enter_loader(Board& board, Firmware const& firmware) {
    if (board.greeting().firmware == firmware.version) return Updated::already_there;
    if (auto left = board.disarm(Leaving::update); !left) return failure(left.error());
    if (auto entered = board.enter_loader(); !entered) return failure(entered.error());
    // Until it has saved what it must and is gone: avrdude, too early, waits ten seconds before it
    // asks again.
    while (board.status())
        continue;
    return Updated::replaced;
}

Result<void> program(std::filesystem::path const& port, std::filesystem::path const& file) {
    auto avrdude = base::Process::start(
        {.arguments = {"avrdude", "-q", "-q", "-c", "arduino", "-p", "m1284p", "-b", "115200", "-P",
                       port.native(), "-D", "-U", "flash:w:" + file.native() + ":i"}});
    if (!avrdude) return failure(Errc::file_unreadable, "avrdude: " + avrdude.error().detail);
    auto const code = avrdude->wait(longest_programming);
    if (!code) return failure(code.error());
    if (*code != 0)
        return failure(Errc::protocol_violated,
                       "avrdude ended with " + std::to_string(*code) +
                           ": the board stays in its loader, and the update can be repeated");
    return {};
}

Result<Board> wait_for_board(std::filesystem::path const& port, std::uint32_t boot_id) {
    auto const until = std::chrono::steady_clock::now() + longest_start;
    for (;;) {
        auto board = Board::open(port, boot_id);
        if (board || board.error().code != Errc::timed_out ||
            std::chrono::steady_clock::now() >= until)
            return board;
    }
}

}  // namespace

Result<Updated> update(std::filesystem::path const& port, Firmware const& firmware,
                       std::uint32_t boot_id) {
    if (!std::filesystem::is_regular_file(firmware.file))
        return failure(Errc::file_unreadable, firmware.file.native() + ": there is no such file");
    {
        auto board = Board::open(port, boot_id);
        if (!board && board.error().code != Errc::timed_out) return failure(board.error());
        if (board) {
            auto const entered = enter_loader(*board, firmware);
            if (!entered || *entered == Updated::already_there) return entered;
        }
    }
    if (auto programmed = program(port, firmware.file); !programmed)
        return failure(programmed.error());
    auto board = wait_for_board(port, boot_id);
    if (!board) return failure(board.error());
    if (!(board->greeting().firmware == firmware.version))
        return failure(Errc::conflict, "the board has firmware " +
                                           name(board->greeting().firmware) +
                                           " after the update, not " + name(firmware.version));
    return Updated::replaced;
}

}  // namespace supervisor
