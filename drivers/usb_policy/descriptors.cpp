#include "drivers/usb_policy/descriptors.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace usb_policy {
namespace {

using base::Errc;
using base::failure;
using base::Result;

// Universal Serial Bus 2.0, 9.5 and 9.6.
constexpr std::size_t device_length = 18;
constexpr std::size_t configuration_length = 9;
constexpr std::size_t interface_length = 9;
enum Type : std::uint8_t { device_type = 1, configuration_type = 2, interface_type = 4 };

constexpr std::size_t most_configurations = 8;  // as the kernel has it
constexpr std::size_t most_interfaces = 64;     // descriptors of one device; real ones have ten

std::size_t number_at(base::ByteView bytes, std::size_t at) {
    return static_cast<std::size_t>(bytes[at] | bytes[at + 1] << 8);
}

std::string four_digits(std::size_t number) {
    return base::to_hex(std::array{static_cast<std::uint8_t>(number >> 8),
                                   static_cast<std::uint8_t>(number & 0xFF)});
}

std::string triple(base::ByteView three) {
    return base::to_hex(three.first(1)) + '/' + base::to_hex(three.subspan(1, 1)) + '/' +
           base::to_hex(three.subspan(2, 1));
}

// Takes what lies within one configuration.
Result<void> read_configuration(base::ByteView bytes, Descriptors& found) {
    std::set<std::uint8_t> numbers;
    for (std::size_t at = configuration_length; at < bytes.size(); at += bytes[at]) {
        auto const rest = bytes.subspan(at);
        if (rest.size() < 2 || rest[0] < 2 || rest[0] > rest.size())
            return failure(Errc::malformed, "a descriptor of an impossible length");
        if (rest[1] == device_type || rest[1] == configuration_type)
            return failure(Errc::malformed, "a device or configuration within a configuration");
        if (rest[1] != interface_type) continue;
        if (rest[0] < interface_length)
            return failure(Errc::malformed, "an interface that is cut short");
        if (found.interfaces.size() == most_interfaces)
            return failure(Errc::malformed, "too many interfaces");
        found.interfaces.push_back(triple(rest.subspan(5, 3)));
        numbers.insert(rest[2]);
    }
    if (numbers.size() != bytes[4])
        return failure(Errc::malformed, "another number of interfaces than it says");
    found.bindable += numbers.size();
    return {};
}

}  // namespace

std::string Descriptors::describe() const {
    std::string text = vendor + ':' + product + " with";
    for (auto const& interface : interfaces)
        text += ' ' + interface;
    if (configurations != 1) text += " in " + std::to_string(configurations) + " configurations";
    return text;
}

Result<Descriptors> parse_descriptors(base::ByteView bytes) {
    if (bytes.size() < device_length || bytes[0] != device_length || bytes[1] != device_type)
        return failure(Errc::malformed, "no device descriptor");
    Descriptors found;
    found.vendor = four_digits(number_at(bytes, 8));
    found.product = four_digits(number_at(bytes, 10));
    found.configurations = bytes[17];
    if (found.configurations == 0 || found.configurations > most_configurations)
        return failure(Errc::malformed, "an impossible number of configurations");

    auto rest = bytes.subspan(device_length);
    for (std::size_t i = 0; i < found.configurations; ++i) {
        if (rest.size() < configuration_length || rest[0] != configuration_length ||
            rest[1] != configuration_type)
            return failure(Errc::malformed, "no configuration where one must be");
        auto const length = number_at(rest, 2);
        if (length < configuration_length || length > rest.size())
            return failure(Errc::malformed, "a configuration of an impossible length");
        if (auto read = read_configuration(rest.first(length), found); !read)
            return failure(read.error());
        rest = rest.subspan(length);
    }
    if (!rest.empty()) return failure(Errc::malformed, "bytes after the last configuration");
    return found;
}

}  // namespace usb_policy
