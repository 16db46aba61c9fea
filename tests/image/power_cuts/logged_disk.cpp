#include "tests/image/power_cuts/logged_disk.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/image/power_cuts/recording.hpp"

#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace power_cuts {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

}  // namespace

base::Result<LoggedDisk> LoggedDisk::open(fs::path const& disk, fs::path const& log) {
    auto const file = log.parent_path() / "logged-disk";
    for (auto const& empty : {file, log})
        if (!std::ofstream{empty, std::ios::trunc})
            return base::failure(base::Errc::system_failed, "cannot make " + empty.native());
    std::vector<std::string> command{"qemu-storage-daemon"};
    for (auto const& option : logged_disk_options(disk, log, "disk")) {
        command.emplace_back("--blockdev");
        command.push_back(option);
    }
    command.emplace_back("--export");
    command.push_back("fuse,id=disk,node-name=disk,writable=on,mountpoint=" + file.native());
    auto const said = log.parent_path() / "storage-daemon.log";
    auto daemon = base::Process::start({std::move(command), {}, said});
    if (!daemon) return base::failure(daemon.error());
    std::error_code code;
    auto const is_there = [&] { return fs::file_size(file, code) > 0; };
    if (!base::eventually([&] { return is_there() || !daemon->running(); }, patience) ||
        !is_there())
        return base::failure(base::Errc::system_failed,
                             "qemu-storage-daemon shows no disk, see " + said.native());
    return LoggedDisk{std::move(*daemon), file, log};
}

base::Result<void> LoggedDisk::flush() const {
    base::Descriptor const descriptor{::open(file_.c_str(), O_RDWR | O_CLOEXEC)};
    if (!descriptor || ::fsync(descriptor.number()) != 0)
        return base::failure(base::system_error("flush " + file_.native()));
    return {};
}

std::uint64_t LoggedDisk::moment() const { return fs::file_size(log_); }

base::Result<void> LoggedDisk::close() {
    daemon_.signal(SIGTERM);
    auto const ended = daemon_.wait(patience);
    if (!ended) return base::failure(ended.error());
    if (*ended != 0)
        return base::failure(base::Errc::system_failed,
                             "qemu-storage-daemon ended with " + std::to_string(*ended));
    return {};
}

}  // namespace power_cuts
