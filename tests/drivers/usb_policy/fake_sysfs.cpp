#include "tests/drivers/usb_policy/fake_sysfs.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <stdlib.h>

namespace usb_policy {
namespace {

namespace fs = std::filesystem;

std::filesystem::path const bus = "devices/pci0000:00/0000:00:14.0/usb1";

std::uint8_t part(std::string const& triple, std::size_t at) {
    return static_cast<std::uint8_t>(std::stoi(triple.substr(at, 2), nullptr, 16));
}

std::uint8_t low(std::size_t number) { return static_cast<std::uint8_t>(number & 0xFF); }
std::uint8_t high(std::size_t number) { return static_cast<std::uint8_t>(number >> 8); }

}  // namespace

base::Bytes descriptors_of(std::uint16_t vendor, std::uint16_t product,
                           std::vector<FakeInterface> const& interfaces) {
    base::Bytes bytes{
        18, 1, 0, 2, 0, 0, 0, 64, low(vendor), high(vendor), low(product), high(product),
        0,  1, 1, 2, 3, 1};
    base::Bytes body;
    std::set<std::uint8_t> numbers;
    for (auto const& [number, alternate, triple] : interfaces) {
        numbers.insert(number);
        base::Bytes const interface {
            9, 4, number, alternate, 1, part(triple, 0), part(triple, 3), part(triple, 6), 0
        };
        base::Bytes const endpoint{7, 5, 0x81, 3, 8, 0, 10};
        body.insert(body.end(), interface.begin(), interface.end());
        body.insert(body.end(), endpoint.begin(), endpoint.end());
    }
    auto const length = body.size() + 9;
    base::Bytes const configuration{9, 2,    low(length), high(length), low(numbers.size()), 1,
                                    0, 0x80, 50};
    bytes.insert(bytes.end(), configuration.begin(), configuration.end());
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

FakeSysfs::FakeSysfs() {
    std::string name = (fs::temp_directory_path() / "usb_policy.XXXXXX").native();
    root_ = ::mkdtemp(name.data());
    fs::create_directories(root_ / "bus/usb/devices");
    fs::create_directories(root_ / bus);
    fs::create_directory_symlink(root_ / bus, root_ / "bus/usb/devices/usb1");
    write(root_ / bus / "version", " 2.00\n");
    write(root_ / bus / "interface_authorized_default", "1");
    write(root_ / "bus/usb/drivers_probe", "");
}

FakeSysfs::~FakeSysfs() { fs::remove_all(root_); }

fs::path FakeSysfs::plug(std::string const& name, base::Bytes const& descriptors,
                         std::vector<FakeInterface> const& interfaces) {
    // "1-2.1" lies within "1-2".
    auto folder = root_ / bus;
    for (auto dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1))
        folder /= name.substr(0, dot);
    folder /= name;
    fs::create_directories(folder);
    fs::create_directory_symlink(root_ / "bus/usb", folder / "subsystem");
    fs::create_directory_symlink(folder, root_ / "bus/usb/devices" / name);
    write(folder / "descriptors", base::to_text(descriptors));
    write(folder / "authorized", "0\n");
    write(folder / "devnum", std::to_string(next_number_++) + '\n');
    for (auto const& [number, alternate, triple] : interfaces) {
        if (alternate != 0) continue;
        auto const interface = folder / (name + ":1." + std::to_string(number));
        fs::create_directories(interface);
        write(interface / "bInterfaceClass", triple.substr(0, 2) + '\n');
        write(interface / "bInterfaceSubClass", triple.substr(3, 2) + '\n');
        write(interface / "bInterfaceProtocol", triple.substr(6, 2) + '\n');
        write(interface / "authorized", "0\n");
    }
    return folder;
}

void FakeSysfs::unplug(std::string const& name) {
    auto const link = root_ / "bus/usb/devices" / name;
    fs::remove_all(fs::canonical(link));
    fs::remove(link);
}

bool FakeSysfs::let_in(std::string const& name) const {
    return read(root_ / "bus/usb/devices" / name / "authorized").starts_with('1');
}

std::string FakeSysfs::probed() const { return read(root_ / "bus/usb/drivers_probe"); }

void FakeSysfs::write(fs::path const& file, std::string const& text) const {
    std::ofstream{file, std::ios::binary} << text;
}

std::string FakeSysfs::read(fs::path const& file) const {
    std::ostringstream content;
    content << std::ifstream{file, std::ios::binary}.rdbuf();
    return content.str();
}

}  // namespace usb_policy
