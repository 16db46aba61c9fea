#include "tests/kiosk/spooler/own_mounts.hpp"

#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <cstdlib>
#include <sstream>

#include <sys/mount.h>

namespace spooler_test {
namespace {

using Command = std::vector<std::string>;

int run(Command command, Command const& rest, fs::path const& output) {
    command.insert(command.end(), rest.begin(), rest.end());
    auto started = base::Process::start({command, {}, output});
    REQUIRE(started);
    auto const ended = started->wait(60s);
    REQUIRE(ended);
    return *ended;
}

// CAP_SYS_ADMIN, bit 21 of the effective set.
bool has_the_right_to_mount() {
    std::istringstream status{content_of("/proc/self/status")};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("CapEff:"))
            return (std::stoull(line.substr(8), nullptr, 16) >> 21 & 1) != 0;
    return false;
}

bool in_ci() {
    auto const* ci = std::getenv("CI");
    return ci != nullptr && std::string_view{ci} == "true";
}

}  // namespace

void run_with_own_mounts(std::string const& tag) {
    TemporaryFolder const folder;
    auto const output = folder / "output";
    auto const self = fs::read_symlink("/proc/self/exe").native();
    // With a user name space anybody may; without, root.
    for (auto const& inside : {Command{"unshare", "--user", "--map-root-user", "--mount"},
                               Command{"unshare", "--mount"}}) {
        if (run(inside, {"mount", "-t", "tmpfs", "none", folder.path().native()}, output) != 0)
            continue;
        auto const code = run(inside, {self, tag}, output);
        INFO(content_of(output));
        CHECK(code == 0);
        CHECK(content_of(output).find("All tests passed") != std::string::npos);
        return;
    }
    if (in_ci() && has_the_right_to_mount())
        FAIL("no name space with mounts: " << content_of(output));
    WARN("no name spaces with mounts here: " << tag << " was not tried");
}

void mount_in_memory(fs::path const& folder, std::string const& options) {
    REQUIRE(::mount("none", folder.c_str(), "tmpfs", 0, options.c_str()) == 0);
}

void make_read_only(fs::path const& folder, bool read_only) {
    unsigned long flags = MS_REMOUNT;
    if (read_only) flags |= MS_RDONLY;
    REQUIRE(::mount("none", folder.c_str(), "tmpfs", flags, nullptr) == 0);
}

void unmount(fs::path const& folder) { ::umount2(folder.c_str(), MNT_DETACH); }

}  // namespace spooler_test
