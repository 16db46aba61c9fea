// Which keys of an input device act. A device that may be plugged in can still send any key: what a
// HID device calls its keys stands in a descriptor that no interface class tells. So the kernel's
// own table of each device is emptied of every key but those wanted, before a console or a program
// has seen one; what is left out is no key any more, to nobody.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>

namespace usb_policy {

// What is no key of a keyboard: buttons of mice and touch screens.
bool is_button(std::uint32_t code);
// The keypad's nine keys, by all the codes that the kiosk knows them by (kiosk/ui/window.cpp).
bool is_keypad_key(std::uint32_t code);

// The keys of one input device, numbered as the kernel numbers them.
class KeyTable {
  public:
    virtual ~KeyTable() = default;
    // Errc::file_missing behind the last.
    virtual base::Result<std::uint32_t> code_at(std::uint16_t index) = 0;
    virtual base::Result<void> remove_at(std::uint16_t index) = 0;
};

// Removes every key that is neither a button nor, with `keypad`, one of the nine; fails when one of
// them is still there afterwards.
base::Result<void> limit_keys(KeyTable& table, bool keypad);

// The same for /dev/input/eventN.
base::Result<void> limit_keys(std::filesystem::path const& input_device, bool keypad);

}  // namespace usb_policy
