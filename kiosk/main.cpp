// dmp-kiosk: the program in front of the patient. It opens no network socket of any family.
#include "drivers/base/core_dumps.hpp"
#include "kiosk/identity/pin.hpp"
#include "kiosk/identity/typed_pin.hpp"
#include "kiosk/loop.hpp"
#include "kiosk/sandbox/socket_filter.hpp"
#include "kiosk/speech/synthesizer.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#if KIOSK_ROBOT
#include "kiosk/robot/robot.hpp"
#endif

namespace {

int fail(base::Error const& error) {
    std::cerr << "dmp-kiosk: " << base::describe(error) << '\n';
    return 1;
}

void note_refusal(int family) {
    spdlog::error("sandbox: a socket of family {} was asked for and refused", family);
}

// Prints the line for an author's table in the list of authors.
int hash_pin() {
    auto const pin = identity::typed_pin(STDIN_FILENO);
    if (!pin) return fail(pin.error());
    auto const hash = identity::hash_pin(*pin);
    if (!hash) return fail(hash.error());
    std::cout << "pin_hash = \"" << *hash << "\"\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments{"The DMP kiosk: card, consent, request"};
    std::filesystem::path configuration = "/etc/dmp-kiosk/kiosk.toml";
    arguments.add_option("--config", configuration, "Configuration file");
    std::filesystem::path proof;
    arguments.add_option("--proof", proof, "Write here how fast the screen answers after the start");
#if KIOSK_ROBOT
    std::filesystem::path robot_socket;
    arguments.add_option("--robot", robot_socket, "Listen for the robot on this Unix socket");
#endif
    auto* const hash = arguments.add_subcommand("hash-pin", "Make the hash of an author's PIN");
    try {
        arguments.parse(argc, argv);
    } catch (CLI::ParseError const& problem) {
        // What is too much is not even quoted: it may be the PIN.
        if (hash->parsed() && problem.get_exit_code() != 0)
            return fail({base::Errc::refused, "hash-pin takes no argument: every user of the "
                                              "machine can see one; a PIN given so must not be "
                                              "used"});
        return arguments.exit(problem);
    }
    if (auto forbidden = base::forbid_core_dumps(); !forbidden) return fail(forbidden.error());
    if (hash->parsed()) return hash_pin();
    spdlog::set_default_logger(spdlog::stderr_logger_mt("kiosk"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    // Before anything of a library begins: what a library asks for at its start is filtered too.
    if (auto filtered = sandbox::filter_sockets(note_refusal); !filtered)
        return fail(filtered.error());
    speech::Synthesizer::prepare_process();  // before there are threads of ours

    auto settings = kiosk::Settings::read(configuration);
    if (!settings) return fail(settings.error());
    settings->proof = proof;
    auto loop = kiosk::Loop::open(std::move(*settings));
    if (!loop) return fail(loop.error());
#if KIOSK_ROBOT
    std::unique_ptr<robot::Robot> robot;
    if (!robot_socket.empty()) {
        auto listening = robot::Robot::listen(robot_socket, **loop);
        if (!listening) return fail(listening.error());
        robot = std::move(*listening);
        (*loop)->accompany(robot.get());
    }
#endif
    spdlog::info("ready");
    auto const ended = (*loop)->run();
    (*loop)->accompany(nullptr);
    if (!ended) return fail(ended.error());
    spdlog::info("ended");
    return 0;
}
