#include "drivers/supervisor/boot_id.hpp"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <string>

namespace supervisor {

// A unit hands it over where its sandbox hides the kernel's file (image/rootfs, dmp-kiosk.service).
std::uint32_t boot_id() {
    std::string text;
    if (auto const* given = std::getenv("DMP_BOOT_ID"); given != nullptr)
        text = given;
    else
        std::getline(std::ifstream{"/proc/sys/kernel/random/boot_id"}, text);
    constexpr std::size_t digits = 8;
    std::uint32_t id = 0;
    if (text.size() < digits ||
        std::from_chars(text.data(), text.data() + digits, id, 16).ptr != text.data() + digits)
        return 0;
    return id;
}

}  // namespace supervisor
