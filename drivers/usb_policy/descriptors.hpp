// What a USB device says of itself before any driver has seen it: the descriptors as the kernel
// read them. They are a stranger's bytes: whatever does not follow the standard to the last byte is
// refused, for two readers that disagree about one device is what an attacker looks for.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace usb_policy {

struct Descriptors {
    std::string vendor;   // "08e6", lower case
    std::string product;  // "4433"
    std::size_t configurations = 0;
    // Of every interface descriptor of every configuration, alternate settings too, in their order:
    // "03/01/01" for class, subclass and protocol.
    std::vector<std::string> interfaces;
    // How many different interface numbers that are: what a driver can be bound to.
    std::size_t bindable = 0;

    // "08e6:4433 with 0b/00/00": for logs. No text that the device chose is in it.
    std::string describe() const;
};

// The content of the file `descriptors` of a device in sysfs. Errc::malformed says what is wrong.
base::Result<Descriptors> parse_descriptors(base::ByteView bytes);

}  // namespace usb_policy
