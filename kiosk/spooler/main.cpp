// dmp-spooler: the daemon that keeps and sends sealed requests, and the commands staff give it.
#include "drivers/base/core_dumps.hpp"
#include "drivers/base/end_signals.hpp"
#include "kiosk/spooler/carry_commands.hpp"
#include "kiosk/spooler/daemon.hpp"
#include "kiosk/spooler/settings.hpp"
#include "kiosk/spooler/staff.hpp"
#include "kiosk/spooler/statistics.hpp"

#include <csignal>
#include <cstdio>
#include <functional>
#include <iostream>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

namespace {

using base::failure;
using base::Result;

int complain(base::Error const& error) {
    std::fprintf(stderr, "dmp-spooler: %s\n",
                 error.detail.empty() ? std::string{name(error.code)}.c_str()
                                      : error.detail.c_str());
    return 1;
}

Result<void> run_daemon(std::filesystem::path const& config) {
    if (auto forbidden = base::forbid_core_dumps(); !forbidden) return forbidden;
    auto const settings = spooler::Settings::read(config);
    if (!settings) return failure(settings.error());
    ::umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    auto const stop = base::end_signals();
    if (!stop) return failure(stop.error());
    spooler::SystemClock const clock;
    auto daemon = spooler::Daemon::open(*settings, clock, spooler::BackOff::system_random());
    if (!daemon) return failure(daemon.error());
    spdlog::info("ready");
    auto ended = daemon->run(*stop);
    if (ended) spdlog::info("ended");
    return ended;
}

struct Where {
    std::filesystem::path config;
    std::filesystem::path socket;

    Result<std::filesystem::path> find() const {
        if (!socket.empty()) return socket;
        return spooler::read_socket_path(config);
    }
};

Result<std::string> ask(Where const& where, std::string const& line) {
    auto const socket = where.find();
    if (!socket) return failure(socket.error());
    return spooler::ask_spooler(*socket, line);
}

void add_where(CLI::App& command, Where& where) {
    auto* const place = command.add_option_group("place", "how to find the running spooler");
    place->add_option("--config", where.config, "configuration file, for its socket");
    place->add_option("--socket", where.socket, "the socket itself");
    place->require_option(1);
}

int print(Result<std::string> const& text) {
    if (!text) return complain(text.error());
    std::fputs(text->c_str(), stdout);
    return 0;
}

using CarryCommand = std::function<spooler::Carrying(std::filesystem::path const& socket,
                                                     std::filesystem::path const& stick)>;

int run_with_stick(CarryCommand const& command, Where const& where,
                   std::filesystem::path const& stick) {
    auto const socket = where.find();
    if (!socket) return complain(socket.error());
    auto const carrying = command(*socket, stick);
    std::fputs(carrying.done.c_str(), stdout);
    std::fputs(carrying.refused.c_str(), stderr);
    if (carrying.error) return complain(*carrying.error);
    return carrying.refused.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dmp-spooler"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S %l %v");

    CLI::App app{"Keeps sealed creation requests and sends them; it cannot read them."};
    app.require_subcommand(1);

    std::filesystem::path config;
    auto* const run = app.add_subcommand("run", "the daemon");
    run->add_option("--config", config, "configuration file")->required();

    Where where;
    bool as_json = false;
    auto* const status = app.add_subcommand("status", "what waits, and what staff should know");
    status->add_flag("--json", as_json, "as one JSON object");
    add_where(*status, where);

    std::string author;
    auto* const open_day =
        app.add_subcommand("open-day", "lets the kiosk enrol until the closing hour");
    open_day->add_option("--as", author, "id of an author in the list")->required();
    add_where(*open_day, where);

    auto* const close_day = app.add_subcommand("close-day", "stops enrolling now");
    add_where(*close_day, where);

    auto* const retry_now = app.add_subcommand("retry-now", "sends at once: the network is back");
    add_where(*retry_now, where);

    int days = 7;
    bool for_others = false;
    auto* const ledger = app.add_subcommand("ledger", "how the sessions of the last days ended");
    ledger->add_option("--days", days, "how many days, today's last")->check(CLI::Range(1, 366));
    ledger->add_flag("--for-others", for_others,
                     "as it may leave the site: no number from 1 to 4, nor what gives one away");
    add_where(*ledger, where);

    auto* const withdraw = app.add_subcommand(
        "withdraw", "erases a waiting request; its reference is read from standard input");
    add_where(*withdraw, where);

    std::filesystem::path stick;
    auto* const export_all = app.add_subcommand(
        "export", "writes all requests without a receipt on a stick, to be carried by hand");
    export_all->add_option("--to", stick, "the stick, or any folder")->required();
    bool with_parked = false;
    export_all->add_flag("--with-parked", with_parked,
                         "also those that the receiver refused: this machine is given up");
    add_where(*export_all, where);

    auto* const import = app.add_subcommand(
        "import", "takes from a stick the receipts for this kiosk and the bundles of others");
    import->add_option("FOLDER", stick, "the stick, or one bundle")->required();
    add_where(*import, where);

    auto* const export_receipts = app.add_subcommand(
        "export-receipts", "writes on a stick the receipts for bundles of others sent from here");
    export_receipts->add_option("--to", stick, "the stick, or any folder")->required();
    add_where(*export_receipts, where);

    auto* const intake_address = app.add_subcommand(
        "intake-address", "host and port of the receiver, for the firewall: one line");
    intake_address->add_option("--config", config, "configuration file")->required();

    CLI11_PARSE(app, argc, argv);

    if (intake_address->parsed())
        return print(spooler::read_intake_host_and_port(config).map(
            [](std::string const& address) { return address + "\n"; }));
    if (run->parsed()) {
        auto const ended = run_daemon(config);
        return ended ? 0 : complain(ended.error());
    }
    if (status->parsed()) {
        auto const answer = ask(where, spooler::status_line);
        if (answer && as_json) return print(*answer + "\n");
        return print(answer.and_then(spooler::status_sentences));
    }
    if (export_all->parsed()) {
        auto const parked = with_parked ? spooler::Parked::go_too : spooler::Parked::stay;
        return run_with_stick(
            [parked](auto const& socket, auto const& to) {
                return spooler::export_requests(socket, to, parked);
            },
            where, stick);
    }
    if (export_receipts->parsed()) return run_with_stick(spooler::export_receipts, where, stick);
    if (import->parsed()) return run_with_stick(spooler::import_stick, where, stick);
    if (ledger->parsed()) {
        auto const readers = for_others ? spooler::Readers::others : spooler::Readers::site;
        return print(ask(where, spooler::ledger_line(days)).and_then([&](std::string const& text) {
            return spooler::ledger_table(text, readers);
        }));
    }
    if (withdraw->parsed()) {
        // Not an argument: those can be read by other users of the machine.
        std::string reference;
        std::getline(std::cin, reference);
        return print(
            ask(where, spooler::withdraw_line(reference)).and_then(spooler::withdrawn_sentence));
    }
    if (open_day->parsed())
        return print(ask(where, spooler::open_day_line(author)).and_then(spooler::opened_sentence));
    if (close_day->parsed())
        return print(ask(where, spooler::close_day_line).map([](auto const&) {
            return std::string{"The day is closed.\n"};
        }));
    return print(ask(where, spooler::retry_now_line).map([](auto const&) {
        return std::string{"Sending is tried at once.\n"};
    }));
}
