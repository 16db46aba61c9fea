#include "drivers/usb_policy/rules.hpp"

#include "drivers/base/toml_file.hpp"

#include <algorithm>
#include <regex>

#include <sys/stat.h>
#include <unistd.h>

namespace usb_policy {
namespace {

using base::failure;
using base::Result;

std::regex const port_form{R"([0-9a-zA-Z:._-]{1,40}/usb[123]/[1-9][0-9]?(\.[1-9][0-9]?){0,5})"};
std::regex const number_form{"[0-9a-f]{4}"};
std::regex const interface_form{"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{2}"};

Result<void> only_root_writes(std::filesystem::path const& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return failure(base::system_error(path.native(), base::Errc::file_unreadable));
    if ((status.st_uid != 0 && status.st_uid != ::geteuid()) ||
        (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return failure(base::Errc::permissions_unsafe,
                       path.native() + ": others than root may write it");
    return {};
}

// A text of a form, as a value.
Result<std::string> formed(base::TomlFile& file, std::string const& key, std::regex const& form,
                           char const* example) {
    auto text = file.text(key);
    if (text && !std::regex_match(*text, form))
        return failure(file.error(key, std::string{"must be of the form "} + example));
    return text;
}

Result<std::vector<std::string>> all_formed(base::TomlFile& file, std::string const& key,
                                            std::regex const& form, char const* example) {
    auto texts = file.texts(key, {});
    if (!texts) return texts;
    for (auto const& text : *texts)
        if (!std::regex_match(text, form))
            return failure(file.error(key, std::string{"each must be of the form "} + example));
    return texts;
}

Result<Rule> read_rule(base::TomlFile& file, std::string const& key) {
    auto name = file.text(key + ".name");
    if (!name) return failure(name.error());
    auto port = formed(file, key + ".port", port_form, "0000:00:14.0/usb2/1.2");
    if (!port) return failure(port.error());
    auto vendor = formed(file, key + ".vendor", number_form, "08e6");
    if (!vendor) return failure(vendor.error());
    auto product = formed(file, key + ".product", number_form, "08e6");
    if (!product) return failure(product.error());
    auto interfaces = all_formed(file, key + ".interfaces", interface_form, "0b/00/00");
    if (!interfaces) return failure(interfaces.error());
    if (interfaces->empty()) return failure(file.error(key + ".interfaces", "must not be empty"));
    auto const keypad = file.flag(key + ".keypad", false);
    if (!keypad) return failure(keypad.error());
    if (std::any_of(interfaces->begin(), interfaces->end(),
                    [](auto const& interface) { return interface.starts_with("08/"); }))
        return failure(file.error(key + ".interfaces",
                                  "storage is let in at a staff port alone, not by a rule"));
    return Rule{*name, *port, *vendor, *product, *interfaces, *keypad};
}

}  // namespace

Result<Rules> Rules::read(std::filesystem::path const& path) {
    if (auto safe = only_root_writes(path); !safe) return failure(safe.error());
    auto file = base::TomlFile::open(path);
    if (!file) return failure(file.error());
    Rules rules;
    auto staff_ports = all_formed(*file, "staff_ports", port_form, "0000:00:14.0/usb2/1.2");
    if (!staff_ports) return failure(staff_ports.error());
    rules.staff_ports_ = std::move(*staff_ports);
    for (std::size_t i = 0; i < file->count("devices"); ++i) {
        auto const key = "devices." + std::to_string(i);
        auto rule = read_rule(*file, key);
        if (!rule) return failure(rule.error());
        if (rules.is_staff_port(rule->port))
            return failure(
                file->error(key + ".port", "is a staff port, where nothing else may be"));
        rules.rules_.push_back(std::move(*rule));
    }
    if (auto known = file->no_other_keys(); !known) return failure(known.error());
    return rules;
}

Rule const* Rules::find(std::string const& port, Descriptors const& device) const {
    auto const found = std::find_if(rules_.begin(), rules_.end(), [&](Rule const& rule) {
        return rule.port == port && rule.vendor == device.vendor &&
               rule.product == device.product && device.configurations == 1 &&
               rule.interfaces == device.interfaces;
    });
    return found == rules_.end() ? nullptr : &*found;
}

std::string Rules::reason_against(std::string const& port, Descriptors const& device) const {
    auto const same_identity = [&](Rule const& rule) {
        return rule.vendor == device.vendor && rule.product == device.product;
    };
    auto const here = [&](Rule const& rule) { return rule.port == port; };
    for (auto const& rule : rules_)
        if (here(rule) && same_identity(rule))
            return "it calls itself the " + rule.name + " but has other interfaces";
    for (auto const& rule : rules_)
        if (same_identity(rule)) return "it calls itself the " + rule.name + " but is elsewhere";
    for (auto const& rule : rules_)
        if (here(rule)) return "it is where the " + rule.name + " belongs";
    return "no rule knows it";
}

bool Rules::is_staff_port(std::string const& port) const {
    return std::find(staff_ports_.begin(), staff_ports_.end(), port) != staff_ports_.end();
}

bool is_plain_storage(Descriptors const& device) {
    return device.configurations == 1 && device.interfaces.size() == 1 &&
           device.interfaces.front() == storage_interface;
}

}  // namespace usb_policy
