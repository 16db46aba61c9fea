#include "tests/image/power_cuts/file_systems.hpp"

#include <algorithm>

namespace power_cuts {
namespace {

namespace fs = std::filesystem;
using base::Errc;

base::Result<void> check(std::vector<std::string> arguments, int highest_good_code,
                         std::string const& what, fs::path const& scratch) {
    auto const ran = run_tool(std::move(arguments), scratch);
    if (!ran) return base::failure(ran.error());
    if (ran->code > 32) return base::failure(Errc::system_failed, what + ": " + ran->output);
    if (ran->code <= highest_good_code) return {};
    return base::failure(Errc::storage_damaged, what + ": " + ran->output);
}

}  // namespace

base::Result<void> repair_ext4(fs::path const& image, fs::path const& scratch) {
    // 1: repaired.
    if (auto done = check({"e2fsck", "-p", image}, 1, "e2fsck -p", scratch); !done) return done;
    return check({"e2fsck", "-fn", image}, 0, "e2fsck -fn after the repair", scratch);
}

base::Result<void> repair_fat(fs::path const& image, fs::path const& scratch) {
    if (auto done = check({"fsck.vfat", "-a", image}, 1, "fsck.vfat -a", scratch); !done)
        return done;
    return check({"fsck.vfat", "-n", image}, 0, "fsck.vfat -n after the repair", scratch);
}

base::Result<bool> copy_from_ext4(fs::path const& image, std::string const& folder,
                                  fs::path const& to, fs::path const& scratch) {
    auto const request = "rdump " + folder + " " + to.native();
    auto const ran = run_tool({"debugfs", "-R", request, image}, scratch);
    if (!ran) return base::failure(ran.error());
    // It always ends with 0.
    return fs::is_directory(to / fs::path{folder}.filename());
}

base::Result<bool> copy_from_fat(fs::path const& image, std::string const& folder,
                                 fs::path const& to, fs::path const& scratch) {
    auto const ran = run_tool({"mcopy", "-s", "-n", "-Q", "-i", image, "::" + folder, to}, scratch);
    if (!ran) return base::failure(ran.error());
    return ran->code == 0;
}

}  // namespace power_cuts
