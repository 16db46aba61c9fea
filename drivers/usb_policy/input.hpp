// The input devices that drivers made of a USB device.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>

namespace usb_policy {

// Takes all keys but the wanted ones from each of them (keys.hpp). Errc::refused when a driver has
// the device that may make keys of its own, or none has it yet and may come later.
// device: its folder in sysfs; input_devices: /dev/input.
base::Result<void> limit_input(std::filesystem::path const& device,
                               std::filesystem::path const& input_devices, bool keypad);

}  // namespace usb_policy
