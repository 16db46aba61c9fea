#include "tests/image/power_cuts/tool.hpp"

#include "drivers/base/process.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace power_cuts {

using namespace std::chrono_literals;

base::Result<Ran> run_tool(std::vector<std::string> arguments,
                           std::filesystem::path const& scratch) {
    auto const output = scratch / "output";
    std::error_code code;
    std::filesystem::remove(output, code);
    auto const* const path = std::getenv("PATH");
    auto const program = arguments.front();
    // By env, so that the program is looked for in this PATH. In English, and mtools without its
    // opinion of disks that are no floppies.
    std::vector<std::string> all{"env", "LC_ALL=C", "MTOOLS_SKIP_CHECK=1",
                                 "PATH=" + std::string{path == nullptr ? "/usr/bin:/bin" : path} +
                                     ":/usr/sbin:/sbin"};
    std::ranges::move(arguments, std::back_inserter(all));
    auto started = base::Process::start({std::move(all), {}, output});
    if (!started) return base::failure(started.error());
    auto const ended = started->wait(2min);
    if (!ended) return base::failure(base::Errc::timed_out, program + " does not end");
    std::ifstream stream{output, std::ios::binary};
    return Ran{*ended, {std::istreambuf_iterator<char>{stream}, {}}};
}

}  // namespace power_cuts
