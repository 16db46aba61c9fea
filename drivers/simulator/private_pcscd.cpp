#include "drivers/simulator/private_pcscd.hpp"

#include "drivers/base/unix_socket.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

namespace simulator {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::failure;
using base::Process;
using base::Result;

constexpr auto reader_driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
constexpr auto reader_configuration = R"(FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID    0x8C7B
)";

constexpr std::size_t longest_socket_path = 107;

// Newer versions ask polkit, which has no word to say on a pcscd of one's own.
constexpr auto start_pcscd = R"(
if pcscd --help 2>&1 | grep -q disable-polkit; then set -- "$@" --disable-polkit; fi
exec pcscd --foreground "$@"
)";

// Asks for the version, as libpcsclite does first (winscard_msg.h: CMD_VERSION, protocol 4.4). A
// daemon that is stopped accepts connections too, so only an answer counts.
bool pcscd_answers(fs::path const& socket) {
    auto const connection = base::connect_to(socket);
    if (!connection) return false;
    timeval const limit{.tv_sec = 0, .tv_usec = 500'000};
    ::setsockopt(connection->number(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    constexpr std::uint32_t version_command = 0x11;
    std::array<std::uint32_t, 5> const question{3 * sizeof(std::uint32_t), version_command, 4, 4,
                                                0};
    std::array<std::uint32_t, 3> answer{};
    return ::send(connection->number(), question.data(), sizeof(question), MSG_NOSIGNAL) ==
               sizeof(question) &&
           ::recv(connection->number(), answer.data(), sizeof(answer), MSG_WAITALL) ==
               sizeof(answer);
}

Result<void> prepare(fs::path const& folder) {
    auto const longest = (folder / "run/pcscd.comm").native().size();
    if (longest > longest_socket_path)
        return failure(Errc::configuration_invalid,
                       folder.native() + ": the path is too long by " +
                           std::to_string(longest - longest_socket_path) +
                           " bytes: a socket's may have 107");
    std::error_code code;
    if (!fs::exists(reader_driver, code))
        return failure(Errc::file_unreadable, std::string{reader_driver} +
                                                  ": no such file; install vsmartcard-vpcd "
                                                  "(.ci/install-packages does)");
    fs::create_directories(folder.parent_path(), code);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(base::system_error(folder.native()));
    fs::create_directories(folder / "run", code);
    if (!code) fs::create_directories(folder / "reader.conf.d", code);
    if (code) return failure(Errc::system_failed, folder.native() + ": " + code.message());
    std::ofstream configuration{folder / "reader.conf.d/vpcd"};
    configuration << reader_configuration;
    configuration.close();
    if (!configuration)
        return failure(Errc::system_failed, folder.native() + ": cannot write the reader's file");
    fs::remove(folder / "pcscd.log", code);
    fs::remove(folder / "simulator.log", code);
    return {};
}

Result<Process> run_pcscd(Namespaces const& namespaces, fs::path const& folder) {
    // What a killed pcscd left; a number in its file may meanwhile be another process.
    std::error_code ignored;
    fs::remove(folder / "run/pcscd.comm", ignored);
    fs::remove(folder / "run/pcscd.pid", ignored);
    auto const log = folder / "pcscd.log";
    auto const configuration = folder / "reader.conf.d";
    auto process =
        namespaces.start({"sh", "-c", start_pcscd, "sh", "--config", configuration.native()}, log);
    if (!process) return process;
    auto const answers = [&] { return pcscd_answers(folder / "run/pcscd.comm"); };
    if (auto up = wait_for(answers, *process, log); !up) return failure(up.error());
    return process;
}

Result<Process> run_simulator(Namespaces const& namespaces, fs::path const& folder,
                              fs::path const& program, fs::path const& profiles) {
    auto const log = folder / "simulator.log";
    auto const control = folder / "control";
    auto process = namespaces.start(
        {program.native(), "--control", control.native(), "--profiles", profiles.native()}, log);
    if (!process) return process;
    auto const listens = [&] { return base::connect_to(control).has_value(); };
    if (auto up = wait_for(listens, *process, log); !up) return failure(up.error());
    return process;
}

void end(Process& process) {
    process.signal(SIGTERM);
    process.signal(SIGCONT);
    if (process.wait(std::chrono::seconds{5})) return;
    process.signal(SIGKILL);
    static_cast<void>(process.wait(std::chrono::seconds{5}));
}

}  // namespace

Result<PrivatePcscd> PrivatePcscd::start(fs::path const& folder, fs::path const& simulator_program,
                                         fs::path const& profiles) {
    auto const place = fs::absolute(folder).lexically_normal();
    Paths paths{fs::absolute(simulator_program), fs::absolute(profiles)};
    if (auto prepared = prepare(place); !prepared) return failure(prepared.error());
    auto namespaces = Namespaces::hold(place);
    if (!namespaces) return failure(namespaces.error());
    auto pcscd = run_pcscd(*namespaces, place);
    if (!pcscd) return failure(pcscd.error());
    auto simulator = run_simulator(*namespaces, place, paths.simulator_program, paths.profiles);
    if (!simulator) return failure(simulator.error());
    return PrivatePcscd{place, std::move(paths), std::move(*namespaces), std::move(*pcscd),
                        std::move(*simulator)};
}

Result<void> PrivatePcscd::stop_daemon() {
    end(pcscd_);
    if (pcscd_.running()) return failure(Errc::timed_out, "pcscd does not end");
    return {};
}

Result<void> PrivatePcscd::restart_daemon() {
    if (auto stopped = stop_daemon(); !stopped) return stopped;
    auto pcscd = run_pcscd(namespaces_, folder_);
    if (!pcscd) return failure(pcscd.error());
    pcscd_ = std::move(*pcscd);
    return {};
}

Result<void> PrivatePcscd::restart_simulator() {
    end(simulator_);
    auto simulator = run_simulator(namespaces_, folder_, paths_.simulator_program, paths_.profiles);
    if (!simulator) return failure(simulator.error());
    simulator_ = std::move(*simulator);
    return {};
}

}  // namespace simulator
