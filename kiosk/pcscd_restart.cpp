#include "kiosk/pcscd_restart.hpp"

#include "drivers/base/unix_socket.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>

namespace kiosk {

void ask_for_new_pcscd(std::filesystem::path const& request) {
    if (request.empty()) return;
    base::Descriptor const file{
        ::open(request.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (file)
        spdlog::warn("reader: a new pcscd is asked for");
    else
        spdlog::error("reader: {}", base::describe(base::system_error(request.native())));
}

}  // namespace kiosk
