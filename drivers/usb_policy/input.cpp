#include "drivers/usb_policy/input.hpp"

#include "drivers/usb_policy/keys.hpp"

#include <regex>
#include <string>

namespace usb_policy {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::failure;
using base::Result;

std::regex const hid_form{"[0-9A-F]{4}:[0-9A-F]{4}:[0-9A-F]{4}\\.[0-9A-F]{4,}"};
std::regex const event_form{"event[0-9]+"};

// Both take the keys from the table that keys.hpp empties; a vendor's driver may add others.
Result<void> known_hid_driver(fs::path const& hid_device) {
    std::error_code none;
    auto const driver = fs::read_symlink(hid_device / "driver", none).filename().native();
    if (driver == "hid-generic" || driver == "hid-multitouch") return {};
    return failure(Errc::refused,
                   none ? "its keys have no driver" : "its keys have the driver " + driver);
}

}  // namespace

Result<void> limit_input(fs::path const& device, fs::path const& input_devices, bool keypad) {
    std::error_code gone;
    for (auto const& entry : fs::directory_iterator{device, gone}) {
        auto const name = entry.path().filename().native();
        // What hangs at a hub is judged for itself.
        bool const hangs_here =
            name.find('-') != std::string::npos && name.find(':') == std::string::npos;
        if (!entry.is_directory(gone) || entry.is_symlink(gone) || hangs_here) continue;
        if (std::regex_match(name, hid_form))
            if (auto known = known_hid_driver(entry.path()); !known) return known;
        if (std::regex_match(name, event_form))
            if (auto limited = limit_keys(input_devices / name, keypad); !limited) return limited;
        if (auto limited = limit_input(entry.path(), input_devices, keypad); !limited)
            return limited;
    }
    return {};
}

}  // namespace usb_policy
