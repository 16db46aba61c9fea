// dmp-machine: the service of root's with a closed list of verbs, and the command that asks it.
#include "drivers/base/core_dumps.hpp"
#include "drivers/base/end_signals.hpp"
#include "kiosk/machine/client.hpp"
#include "kiosk/machine/server.hpp"

#include <csignal>
#include <cstdlib>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using base::failure;
using base::Result;

int complain(base::Error const& error) {
    std::fprintf(stderr, "dmp-machine: %s\n", base::describe(error).c_str());
    return EXIT_FAILURE;
}

// The one socket the service manager gave us (sd_listen_fds(3)).
Result<base::Descriptor> given_socket() {
    constexpr int first = 3;
    auto const* const process = std::getenv("LISTEN_PID");
    auto const* const count = std::getenv("LISTEN_FDS");
    if (process == nullptr || count == nullptr || std::string_view{count} != "1" ||
        std::string_view{process} != std::to_string(::getpid()))
        return failure(base::Errc::configuration_invalid,
                       "serve is started by dmp-machine.socket, which gives it the socket");
    ::unsetenv("LISTEN_PID");
    ::unsetenv("LISTEN_FDS");
    ::unsetenv("LISTEN_FDNAMES");
    if (::fcntl(first, F_SETFD, FD_CLOEXEC) != 0 || ::fcntl(first, F_SETFL, O_NONBLOCK) != 0)
        return failure(base::system_error("the socket given by the service manager"));
    return base::Descriptor{first};
}

Result<void> serve(std::filesystem::path const& config) {
    if (auto forbidden = base::forbid_core_dumps(); !forbidden) return forbidden;
    auto settings = machine::Settings::read(config);
    if (!settings) return failure(settings.error());
    ::umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    auto const stop = base::end_signals();
    if (!stop) return failure(stop.error());
    auto listener = given_socket();
    if (!listener) return failure(listener.error());
    return machine::Server{std::move(*listener), std::move(*settings), *stop}.run();
}

}  // namespace

int main(int argc, char** argv) {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dmp-machine"));
    spdlog::set_pattern("%l %v");  // the journal adds the time

    CLI::App app{"Asks root for one of a closed list of acts on this machine."};
    app.require_subcommand(1);
    std::filesystem::path socket = "/run/dmp-machine.socket";
    app.add_option("--socket", socket, "the service's");

    machine::Request request{};
    for (auto const& row : machine::verbs) {
        auto* const verb = app.add_subcommand(std::string{row.name}, std::string{row.does});
        auto* const as = verb->add_option("--as", request.as, "id of an author in the list");
        if (row.named != machine::Named::nobody) as->required();
        verb->final_callback([&request, &row] { request.verb = row.verb; });
    }
    std::filesystem::path config = "/usr/lib/dmp-kiosk/machine.toml";
    auto* const service = app.add_subcommand("serve", "the service itself");
    service->add_option("--config", config, "what the image says of this machine");

    CLI11_PARSE(app, argc, argv);
    if (service->parsed()) {
        auto const ended = serve(config);
        return ended ? EXIT_SUCCESS : complain(ended.error());
    }
    return static_cast<int>(machine::ask(socket, request, stdout, stderr));
}
