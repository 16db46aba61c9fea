// A sysfs with USB devices, as files in a folder: what the policy reads and writes.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace usb_policy {

struct FakeInterface {
    std::uint8_t number;
    std::uint8_t alternate;
    std::string triple;  // "03/01/01"
};

// The descriptors of a device with one configuration.
base::Bytes descriptors_of(std::uint16_t vendor, std::uint16_t product,
                           std::vector<FakeInterface> const& interfaces);

class FakeSysfs {
  public:
    FakeSysfs();
    ~FakeSysfs();

    // A device of this name ("1-2", "1-2.1") on the bus usb1 of the controller 0000:00:14.0; its
    // port is "0000:00:14.0/usb2/2". The kernel's view of its interfaces is theirs unless given.
    std::filesystem::path plug(std::string const& name, base::Bytes const& descriptors,
                               std::vector<FakeInterface> const& interfaces);
    void unplug(std::string const& name);

    bool let_in(std::string const& name) const;
    // What was asked to get a driver.
    std::string probed() const;
    std::filesystem::path const& root() const { return root_; }

    void write(std::filesystem::path const& file, std::string const& text) const;
    std::string read(std::filesystem::path const& file) const;

  private:
    std::filesystem::path root_;
    int next_number_ = 2;
};

}  // namespace usb_policy
