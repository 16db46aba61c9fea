#include "tests/image/machine/tool.hpp"

#include "drivers/base/process.hpp"

#include <fstream>

#include <unistd.h>

namespace machine {

base::Result<std::string> run_tool(std::vector<std::string> const& arguments,
                                   std::chrono::milliseconds timeout) {
    auto output = (std::filesystem::temp_directory_path() / "tool.XXXXXX").native();
    int const file = ::mkstemp(output.data());
    if (file < 0) return base::failure(base::system_error(output));
    ::close(file);
    struct Removed {
        std::filesystem::path path;
        ~Removed() {
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
        }
    } const removed{output};
    auto process = base::Process::start({arguments, {{"LC_ALL", "C.UTF-8"}}, output});
    if (!process) return base::failure(process.error());
    auto const code = process->wait(timeout);
    if (!code) return base::failure(code.error().code, arguments.front() + ": does not end");
    std::ifstream written{output};
    std::string text{std::istreambuf_iterator<char>{written}, {}};
    if (*code != 0)
        return base::failure(base::Errc::system_failed, arguments.front() + " ended with " +
                                                            std::to_string(*code) + ": " + text);
    return text;
}

}  // namespace machine
