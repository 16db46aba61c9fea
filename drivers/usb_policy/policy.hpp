// Judges the devices that are plugged in, one at a time, and lets in those the site's rules name.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "drivers/usb_policy/device.hpp"
#include "drivers/usb_policy/rules.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace usb_policy {

struct Places {
    std::filesystem::path rules = "/var/lib/dmp-site/usb.toml";
    std::filesystem::path state = "/run/dmp-usb";
    std::filesystem::path sys = "/sys";
    std::filesystem::path input_devices = "/dev/input";
};

// What is said of each device, for the journal: a warning is for staff.
using Say = std::function<void(bool warning, std::string const& sentence)>;

class Policy {
  public:
    // Waits until no other process judges. A rules file that is missing or wrong is said, and
    // then everything is refused.
    static base::Result<Policy> open(Places places, Say say);

    // A device came (udev). Before judge_all() ran once nothing is done: the rules' disk may not
    // be there yet, and judge_all() finds the device.
    void judge(std::filesystem::path const& folder);
    // Every device that is there. False when the rules could not be read.
    bool judge_all();

    // From open to close one stick may be at the staff port; it is let in when it is there or
    // comes, and shut out by closing.
    base::Result<void> open_staff_port();
    base::Result<void> close_staff_port();

  private:
    Policy(Places places, Say say, base::Descriptor lock);

    void judge(Device const& device);
    // Empty when it is in; else why it may not stay.
    std::string let_in(Device const& device, Descriptors const& descriptors, Rule const* rule);
    void refuse(Device const& device, std::string const& what, std::string const& why);
    bool has_another_stick(Device const& device) const;
    bool is_stick(Device const& device) const;  // that is let in
    // Which device was let in at a place: the kernel numbers each that is plugged in anew.
    std::filesystem::path note_of(Device const& device) const;
    bool is_known(Device const& device) const;
    base::Result<void> remember(Device const& device) const;

    Places places_;
    Say say_;
    base::Descriptor lock_;
    Rules rules_;
    bool rules_valid_ = false;
    std::string rules_error_;
};

}  // namespace usb_policy
