// One USB device as the kernel shows it in sysfs, and the switches by which it is let in or shut
// out. The kernel lets nothing in by itself (usbcore.authorized_default=0, and no interface
// either).
#pragma once

#include "drivers/usb_policy/descriptors.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace usb_policy {

class Device {
  public:
    // folder: of the device in sysfs, as /sys/devices/pci0000:00/0000:00:14.0/usb1/1-2. Errors: it
    // is gone, or it is no device that hangs at a port.
    static base::Result<Device> open(std::filesystem::path const& folder);

    // All that hang at a port now, hubs before what hangs at them. sys: the mount of sysfs.
    static std::vector<Device> all(std::filesystem::path const& sys);

    // "0000:00:14.0/usb2/1.2": the controller, which of its two buses (USB 2 or 3) and the way
    // through the hubs. The number of a bus is not in it: that follows the order of starting.
    std::string const& port() const { return port_; }
    std::filesystem::path const& folder() const { return folder_; }

    // Another one each time something is plugged in here; empty when it is gone.
    std::string number() const;

    base::Result<Descriptors> descriptors() const;

    bool is_let_in() const;
    // The kernel chooses the configuration and makes the interfaces; none has a driver yet.
    base::Result<void> let_in() const;
    base::Result<void> shut_out() const;

    // After let_in(): the interfaces as the kernel understood them.
    base::Result<std::vector<std::string>> interfaces() const;
    // After let_in(): a driver for each of them. Returns when the drivers have begun.
    base::Result<void> bind_drivers() const;

  private:
    Device(std::filesystem::path folder, std::filesystem::path bus, std::string port)
        : folder_(std::move(folder)), bus_(std::move(bus)), port_(std::move(port)) {}

    std::vector<std::filesystem::path> interface_folders() const;

    std::filesystem::path folder_;
    std::filesystem::path bus_;  // its root hub
    std::string port_;
};

}  // namespace usb_policy
