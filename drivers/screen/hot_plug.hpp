// Hears from udev that cards and panels come, change and go.
#pragma once

#include "drivers/base/result.hpp"

#include <memory>

struct udev;
struct udev_monitor;

namespace screen {

class HotPlug {
  public:
    static base::Result<HotPlug> open();

    // Readable when something changed.
    int descriptor() const;
    // Whether something did since the last time.
    bool take();

  private:
    struct Release {
        void operator()(udev* library) const;
        void operator()(udev_monitor* monitor) const;
    };

    HotPlug() = default;

    std::unique_ptr<udev, Release> library_;
    std::unique_ptr<udev_monitor, Release> monitor_;
};

}  // namespace screen
