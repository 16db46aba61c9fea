#include "drivers/simulator/namespaces.hpp"

#include "drivers/base/eventually.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

namespace simulator {
namespace {

using base::Errc;
using base::failure;
using base::Process;
using base::Result;

// The folder is held as the working directory while /run is covered, as it may itself lie under
// /run. A real reader on the USB bus belongs to the machine's own pcscd.
constexpr auto script = R"(set -e
cd "$1"
ip link set lo up
mount -n -t tmpfs -o mode=755 tmpfs /run
mkdir /run/pcscd
mount -n --no-canonicalize --bind run /run/pcscd
[ -d "$1" ] || { mkdir -p "$1"; mount -n --no-canonicalize --bind . "$1"; }
[ ! -d /dev/bus/usb ] || mount -n -t tmpfs tmpfs /dev/bus/usb
: > namespaces.ready
exec sleep infinity
)";

// pcscd and ip are where an ordinary user's PATH does not look.
std::vector<std::pair<std::string, std::string>> environment() {
    auto const* path = std::getenv("PATH");
    return {{"PATH", std::string{path == nullptr ? "/usr/bin:/bin" : path} + ":/usr/sbin:/sbin"}};
}

Result<Process> hold_with(std::vector<std::string> arguments, std::filesystem::path const& folder) {
    auto const log = folder / "namespaces.log";
    auto const ready = folder / "namespaces.ready";
    std::error_code ignored;
    std::filesystem::remove(log, ignored);
    std::filesystem::remove(ready, ignored);
    arguments.insert(arguments.end(), {"sh", "-c", script, "sh", folder.native()});
    auto holder = Process::start({arguments, environment(), log});
    if (!holder) return holder;
    auto const held = wait_for(
        [&] {
            std::error_code code;
            return std::filesystem::exists(ready, code);
        },
        *holder, log);
    if (!held) return failure(held.error());
    return holder;
}

}  // namespace

Result<Namespaces> Namespaces::hold(std::filesystem::path const& folder) {
    auto own = hold_with({"unshare", "--user", "--map-root-user", "--mount", "--net"}, folder);
    if (own) return Namespaces{std::move(*own), true};
    if (::geteuid() == 0) {
        auto shared = hold_with({"unshare", "--mount", "--net"}, folder);
        if (shared) return Namespaces{std::move(*shared), false};
    }
    auto const& reason = own.error().detail;
    if (!reason.starts_with("unshare:") && !reason.starts_with("mount:"))
        return failure(own.error());
    return failure(
        Errc::refused,
        "a private pcscd needs user namespaces, which are forbidden here (" + reason +
            "): allow them with sysctl "
            "kernel.unprivileged_userns_clone=1, user.max_user_namespaces=1000 or (Ubuntu) "
            "kernel.apparmor_restrict_unprivileged_userns=0, in a container with "
            "--security-opt seccomp=unconfined, or run as root");
}

Result<Process> Namespaces::start(std::vector<std::string> const& arguments,
                                  std::filesystem::path const& log) const {
    std::vector<std::string> all{"nsenter", "--target", std::to_string(holder_.pid()), "--mount",
                                 "--net"};
    if (own_user_) all.insert(all.end(), {"--user", "--preserve-credentials"});
    all.emplace_back("--");
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Process::start({all, environment(), log});
}

std::string last_line(std::filesystem::path const& log) {
    std::ifstream file{log};
    std::string last;
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) last = line;
    return last;
}

Result<void> wait_for(std::function<bool()> const& state, Process& process,
                      std::filesystem::path const& log) {
    bool reached = false;
    auto const settled = [&] { return (reached = state()) || !process.running(); };
    if (!base::eventually(settled, std::chrono::seconds{10}))
        return failure(Errc::timed_out, "no answer in 10 s, see " + log.native());
    if (reached) return {};
    auto const line = last_line(log);
    return failure(Errc::system_failed,
                   line.empty() ? log.native() + ": it ended without a word" : line);
}

}  // namespace simulator
