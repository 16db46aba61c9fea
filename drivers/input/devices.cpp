#include "drivers/input/devices.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <sys/inotify.h>
#include <unistd.h>

namespace input {

using base::failure;
using base::Result;

Result<Devices> Devices::open(std::filesystem::path folder, std::vector<std::uint16_t> keys) {
    base::Descriptor notices{::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    // A device comes as root's; udev changes that a moment later.
    if (!notices ||
        ::inotify_add_watch(notices.number(), folder.c_str(), IN_CREATE | IN_ATTRIB) < 0)
        return failure(base::system_error("watching " + folder.native()));
    Devices devices{std::move(folder), std::move(keys), std::move(notices)};
    devices.look_for_new();
    return devices;
}

std::vector<int> Devices::descriptors() const {
    std::vector<int> result{notices_.number()};
    for (auto const& device : devices_)
        result.push_back(device.descriptor());
    return result;
}

std::vector<Happening> Devices::take() {
    // In this order: a device that went and came has the name of the one that is still open.
    bool const changed = take_notices();
    std::vector<Happening> happenings;
    std::erase_if(devices_, [&](Device& device) {
        if (device.read(happenings)) return false;
        news_.push_back(device.path().native() + " is gone: " + device.name());
        return true;
    });
    if (changed) look_for_new();
    return happenings;
}

bool Devices::take_notices() {
    alignas(inotify_event) std::array<char, 4096> notices;
    bool any = false;
    while (::read(notices_.number(), notices.data(), notices.size()) > 0)
        any = true;
    return any;
}

void Devices::look_for_new() {
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator{folder_, none}) {
        if (!entry.path().filename().native().starts_with("event")) continue;
        if (std::ranges::find(devices_, entry.path(), &Device::path) != devices_.end()) continue;
        auto device = Device::open(entry.path(), keys_);
        // One that may not be opened yet is looked at again when its rights change.
        if (!device || !*device) continue;
        news_.push_back(entry.path().native() + ": " + (*device)->name());
        devices_.push_back(std::move(**device));
    }
}

}  // namespace input
