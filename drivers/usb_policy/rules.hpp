// Which USB devices a site lets in, and where: /var/lib/dmp-site/usb.toml. Whatever is not written
// there is refused.
#pragma once

#include "drivers/usb_policy/descriptors.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace usb_policy {

// The one kind of stick: mass storage, SCSI, bulk-only transport.
inline constexpr char const* storage_interface = "08/06/50";

struct Rule {
    std::string name;  // for logs and staff
    std::string port;  // "0000:00:14.0/usb2/1.2", see Device::port
    std::string vendor;
    std::string product;
    std::vector<std::string> interfaces;  // exactly these, in this order
    bool keypad = false;                  // the keypad's nine keys act; else no key of it does
};

class Rules {
  public:
    // Refuses a file that somebody else than root (or this user) could have written.
    static base::Result<Rules> read(std::filesystem::path const& path);

    // No rule at all: everything is refused.
    Rules() = default;

    // The rule that lets this device in at this port, if there is one.
    Rule const* find(std::string const& port, Descriptors const& device) const;
    // Why find() found none, in a sentence for staff.
    std::string reason_against(std::string const& port, Descriptors const& device) const;

    bool is_staff_port(std::string const& port) const;

  private:
    std::vector<Rule> rules_;
    std::vector<std::string> staff_ports_;
};

// Whether this is a stick and nothing beside.
bool is_plain_storage(Descriptors const& device);

}  // namespace usb_policy
