// dmp-supervisor: what staff and the image's units ask of the supervision board while no kiosk
// speaks with it.
#include "drivers/supervisor/board.hpp"
#include "drivers/supervisor/boot_id.hpp"
#include "drivers/supervisor/names.hpp"
#include "drivers/supervisor/update.hpp"
#include "firmware/version.hpp"

#include <array>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

namespace {

using namespace supervisor;
using base::Result;

int complain(base::Error const& error) {
    std::cerr << "dmp-supervisor: " << base::describe(error) << '\n';
    return EXIT_FAILURE;
}

int told(Result<void> const& done) { return done ? EXIT_SUCCESS : complain(done.error()); }

int print_status(Board& board) {
    auto const& greeting = board.greeting();
    auto const status = board.status();
    if (!status) return complain(status.error());
    auto const counters = board.counters();
    if (!counters) return complain(counters.error());
    auto const has = [&](Input input, char const* yes, char const* no) {
        return (status->inputs & static_cast<std::uint8_t>(input)) != 0 ? yes : no;
    };
    std::cout << "firmware      " << name(greeting.firmware) << ", this image carries "
              << name(firmware_version) << '\n'
              << "board         started by " << name(greeting.reset) << ", runs for "
              << status->uptime << " s\n"
              << "PC            started: " << name(greeting.pc_start) << "; " << name(status->power)
              << "; " << status->supply << " mV\n"
              << "cabinet       " << status->temperature / 10 << " C, door "
              << has(Input::door_open, "open", "closed") << ", "
              << has(Input::tilted, "tilted", "upright") << ", key "
              << has(Input::key_turned, "turned", "not turned") << '\n'
              << "card reader   " << has(Input::reader_power, "has power", "has no power") << '\n';
    for (std::size_t i = 0; i < counters->size(); ++i)
        std::cout << "counter       " << name(static_cast<Counter>(i)) << ' ' << (*counters)[i]
                  << '\n';
    return EXIT_SUCCESS;
}

int print_events(Board& board, std::uint32_t since) {
    auto const events = board.events(since);
    if (!events) return complain(events.error());
    // The board has no calendar: the time is that of its power period.
    for (auto const& event : *events)
        std::cout << event.sequence << "  power " << event.power_on << " + " << event.uptime
                  << " s  " << describe(event) << '\n';
    return EXIT_SUCCESS;
}

int run_update(std::filesystem::path const& port, std::filesystem::path const& file) {
    auto const updated = update(port, {file, firmware_version}, boot_id());
    if (!updated) return complain(updated.error());
    std::cout << (*updated == Updated::already_there ? "The board has firmware "
                                                     : "The board was given firmware ")
              << name(firmware_version) << ".\n";
    return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Speaks with the supervision board while no kiosk does."};
    app.require_subcommand(1);
    std::filesystem::path port = "/dev/dmp-supervisor";
    app.add_option("--port", port, "its serial port");

    auto* const status = app.add_subcommand("status", "what the board sees and has counted");
    std::uint32_t since = 1;
    auto* const events = app.add_subcommand("events", "its event memory, oldest first");
    events->add_option("--since", since, "the first sequence wanted");
    std::filesystem::path file;
    auto* const flash =
        app.add_subcommand("update", "gives it this image's firmware if it has another");
    flash->add_option("--firmware", file, "supervisor.hex of this image")->required();
    auto* const clear = app.add_subcommand(
        "clear-fault", "the board watches the PC again; only while the staff's key is turned");
    std::map<std::string, Leaving> const reasons{{"restart", Leaving::restart},
                                                 {"shutdown", Leaving::shutdown},
                                                 {"update", Leaving::update}};
    Leaving leaving = Leaving::restart;
    auto* const leave =
        app.add_subcommand("leave", "the PC goes in good order: its silence means nothing");
    leave->add_option("reason", leaving)->required()->transform(CLI::CheckedTransformer{reasons});
    auto* const power_cycle = app.add_subcommand("power-cycle", "cuts the PC's own power for 5 s");
    auto* const reader_cycle =
        app.add_subcommand("reader-cycle", "takes the card reader's power for 2 s");
    CLI11_PARSE(app, argc, argv);

    if (flash->parsed()) return run_update(port, file);
    auto board = Board::open(port, boot_id());
    if (!board) return complain(board.error());
    if (!board->speaks_our_protocol())
        return complain({base::Errc::conflict, "the board's firmware " +
                                                   name(board->greeting().firmware) +
                                                   " speaks another protocol: update it"});
    if (status->parsed()) return print_status(*board);
    if (events->parsed()) return print_events(*board, since);
    if (clear->parsed()) return told(board->clear_fault());
    if (power_cycle->parsed()) return told(board->cycle_power());
    if (reader_cycle->parsed()) return told(board->cycle_reader());
    return told(board->disarm(leaving));
}
