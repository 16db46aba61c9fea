// One input device: a touch panel, a keypad, or both.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unix_socket.hpp"
#include "drivers/input/touch.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>

namespace input {

// A key that went down; KEY_… of linux/input-event-codes.h. Held, it counts once.
struct KeyPress {
    std::uint16_t code = 0;
};

using Happening = std::variant<Finger, KeyPress>;

class Device {
  public:
    // None when it is neither a touch panel nor has any of the keys: a mouse, a power button, a
    // touch pad. Errc::connection_lost when it cannot be opened (yet). From then on nobody else
    // hears it: what is typed does not reach the kernel's own console.
    static base::Result<std::optional<Device>> open(std::filesystem::path const& path,
                                                    std::span<std::uint16_t const> keys);

    int descriptor() const { return file_.number(); }
    std::filesystem::path const& path() const { return path_; }
    std::string const& name() const { return name_; }

    // Adds what happened since the last time. False when the device is gone.
    bool read(std::vector<Happening>& happenings);

  private:
    Device(std::filesystem::path path, base::Descriptor file)
        : path_(std::move(path)), file_(std::move(file)) {}

    void take(input_event const& event, std::vector<Happening>& happenings);

    std::filesystem::path path_;
    base::Descriptor file_;
    std::string name_;
    std::optional<Touch> touch_;
    std::vector<std::uint16_t> keys_;
};

}  // namespace input
