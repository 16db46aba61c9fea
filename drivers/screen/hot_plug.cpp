#include "drivers/screen/hot_plug.hpp"

#include <libudev.h>

namespace screen {

void HotPlug::Release::operator()(udev* library) const { udev_unref(library); }
void HotPlug::Release::operator()(udev_monitor* monitor) const { udev_monitor_unref(monitor); }

base::Result<HotPlug> HotPlug::open() {
    HotPlug hot_plug;
    hot_plug.library_.reset(udev_new());
    if (!hot_plug.library_) return base::failure(base::system_error("udev"));
    // Udev's own messages and not the kernel's: they come when a new card already has its rights.
    hot_plug.monitor_.reset(udev_monitor_new_from_netlink(hot_plug.library_.get(), "udev"));
    auto* const monitor = hot_plug.monitor_.get();
    if (monitor == nullptr ||
        udev_monitor_filter_add_match_subsystem_devtype(monitor, "drm", nullptr) < 0 ||
        udev_monitor_enable_receiving(monitor) < 0)
        return base::failure(base::system_error("udev's messages"));
    return hot_plug;
}

int HotPlug::descriptor() const { return udev_monitor_get_fd(monitor_.get()); }

bool HotPlug::take() {
    bool changed = false;
    while (auto* const device = udev_monitor_receive_device(monitor_.get())) {
        udev_device_unref(device);
        changed = true;
    }
    return changed;
}

}  // namespace screen
