#include "drivers/usb_policy/device.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/unix_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace usb_policy {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::failure;
using base::Result;

// A file of sysfs says a size of one page, whatever it holds: read to its end.
Result<base::Bytes> read_attribute(fs::path const& path) {
    base::Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) return failure(base::system_error(path.native(), Errc::file_unreadable));
    base::Bytes content;
    std::array<std::uint8_t, 4096> part{};
    for (;;) {
        auto const count = ::read(file.number(), part.data(), part.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(base::system_error(path.native(), Errc::file_unreadable));
        if (count == 0) return content;
        content.insert(content.end(), part.begin(), part.begin() + count);
        if (content.size() > 1024 * 1024) return failure(Errc::malformed, path.native());
    }
}

Result<std::string> read_text(fs::path const& path) {
    auto const content = read_attribute(path);
    if (!content) return failure(content.error());
    auto text = base::to_text(*content);
    std::erase_if(text, [](char letter) { return letter == '\n' || letter == ' '; });
    return text;
}

Result<void> write_attribute(fs::path const& path, std::string_view text) {
    base::Descriptor const file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (!file || !base::write_all(file.number(), text))
        return failure(base::system_error(path.native()));
    return {};
}

// "1-2.1" hangs at a port; "usb1" is a root hub and "1-2:1.0" an interface.
bool hangs_at_a_port(std::string const& name) {
    return name.find('-') != std::string::npos && name.find(':') == std::string::npos;
}

}  // namespace

Result<Device> Device::open(fs::path const& folder) {
    std::error_code gone;
    auto const real = fs::canonical(folder, gone);
    auto const name = real.filename().native();
    if (gone) return failure(Errc::file_unreadable, folder.native() + ": " + gone.message());
    if (!hangs_at_a_port(name))
        return failure(Errc::malformed, folder.native() + ": hangs at no port");
    auto bus = real.parent_path();
    while (!bus.filename().native().starts_with("usb") && bus.has_relative_path())
        bus = bus.parent_path();
    auto const version = read_text(bus / "version");
    if (!version || version->empty())
        return failure(Errc::file_unreadable, folder.native() + ": on no bus");
    auto port = bus.parent_path().filename().native() + "/usb" + version->substr(0, 1) + '/' +
                name.substr(name.find('-') + 1);
    return Device{real, bus, std::move(port)};
}

std::vector<Device> Device::all(fs::path const& sys) {
    std::vector<Device> devices;
    std::error_code none;
    for (auto const& entry : fs::directory_iterator{sys / "bus/usb/devices", none}) {
        if (!hangs_at_a_port(entry.path().filename().native())) continue;
        // One that was pulled out meanwhile is no error.
        if (auto device = open(entry.path())) devices.push_back(std::move(*device));
    }
    std::sort(devices.begin(), devices.end(),
              [](Device const& one, Device const& other) { return one.folder_ < other.folder_; });
    return devices;
}

std::string Device::number() const { return read_text(folder_ / "devnum").value_or(""); }

Result<Descriptors> Device::descriptors() const {
    auto const bytes = read_attribute(folder_ / "descriptors");
    if (!bytes) return failure(bytes.error());
    return parse_descriptors(*bytes);
}

bool Device::is_let_in() const {
    auto const authorized = read_text(folder_ / "authorized");
    return authorized && *authorized == "1";
}

Result<void> Device::let_in() const {
    if (auto waits = write_attribute(bus_ / "interface_authorized_default", "0"); !waits)
        return waits;
    return write_attribute(folder_ / "authorized", "1");
}

Result<void> Device::shut_out() const { return write_attribute(folder_ / "authorized", "0"); }

std::vector<fs::path> Device::interface_folders() const {
    std::vector<fs::path> folders;
    std::error_code none;
    for (auto const& entry : fs::directory_iterator{folder_, none})
        if (entry.path().filename().native().starts_with(folder_.filename().native() + ':'))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

Result<std::vector<std::string>> Device::interfaces() const {
    std::vector<std::string> found;
    for (auto const& folder : interface_folders()) {
        std::string triple;
        for (auto const* name : {"bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol"}) {
            auto const number = read_text(folder / name);
            if (!number) return failure(number.error());
            triple += (triple.empty() ? "" : "/") + *number;
        }
        found.push_back(std::move(triple));
    }
    return found;
}

Result<void> Device::bind_drivers() const {
    auto const probe = folder_ / "subsystem" / "drivers_probe";
    for (auto const& folder : interface_folders()) {
        if (auto wanted = write_attribute(folder / "authorized", "1"); !wanted) return wanted;
        if (auto probed = write_attribute(probe, folder.filename().native()); !probed)
            return probed;
    }
    return {};
}

}  // namespace usb_policy
