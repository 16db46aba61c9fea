#include "tests/image/machine/usb_descriptors.hpp"

namespace machine {
namespace {

using base::Bytes;

constexpr std::uint8_t type_device = 1;
constexpr std::uint8_t type_configuration = 2;
constexpr std::uint8_t type_string = 3;
constexpr std::uint8_t type_interface = 4;
constexpr std::uint8_t type_endpoint = 5;

constexpr std::uint8_t product_text = 1;

std::uint8_t low(std::size_t number) { return static_cast<std::uint8_t>(number & 0xFF); }
std::uint8_t high(std::size_t number) { return static_cast<std::uint8_t>(number >> 8 & 0xFF); }

void append(Bytes& to, Bytes const& more) { to.insert(to.end(), more.begin(), more.end()); }

}  // namespace

UsbInterface keyboard_interface() {
    // HID 1.11, appendix E.6: eight modifiers, one byte reserved, six keys.
    Bytes const report{0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7,
                       0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01,
                       0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65,
                       0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0};
    Bytes const hid{9, 0x21, 0x11, 0x01, 0, 1, 0x22, low(report.size()), high(report.size())};
    return {3, 1, 1, hid, {{0x81, UsbEndpoint::Kind::interrupt, 8}}, report};
}

UsbInterface storage_interface(std::uint8_t first_endpoint) {
    return {8,
            6,
            0x50,
            {},
            {{static_cast<std::uint8_t>(0x80 | first_endpoint), UsbEndpoint::Kind::bulk},
             {static_cast<std::uint8_t>(first_endpoint + 1), UsbEndpoint::Kind::bulk}}};
}

UsbInterface reader_interface() {
    // CCID 1.1, table 5.1-1: one slot, 5 V, T=0, what QEMU's own reader says.
    Bytes const ccid{0x36, 0x21, 0x10, 0x01, 0x00, 0x07, 0x01, 0x00, 0x00, 0x00, 0xA0,
                     0x0F, 0x00, 0x00, 0xA0, 0x0F, 0x00, 0x00, 0x00, 0x80, 0x25, 0x00,
                     0x00, 0x80, 0x25, 0x00, 0x00, 0x00, 0xFE, 0x00, 0x00, 0x00, 0x00,
                     0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFE, 0x04, 0x01, 0x00,
                     0x00, 0x00, 0x01, 0x00, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x01};
    return {0x0B,
            0,
            0,
            ccid,
            {{0x81, UsbEndpoint::Kind::interrupt},
             {0x82, UsbEndpoint::Kind::bulk},
             {0x03, UsbEndpoint::Kind::bulk}}};
}

Bytes device_descriptor(UsbDevice const& device) {
    return {18,
            type_device,
            0x00,
            0x02,  // USB 2.0
            0,     // the classes are its interfaces'
            0,
            0,
            64,
            low(device.vendor),
            high(device.vendor),
            low(device.product),
            high(device.product),
            0x00,
            0x01,
            0,
            product_text,
            0,
            1};
}

Bytes configuration_descriptor(UsbDevice const& device) {
    Bytes rest;
    std::uint8_t number = 0;
    for (auto const& interface : device.interfaces) {
        append(rest, {9, type_interface, number++, 0, low(interface.endpoints.size()),
                      interface.device_class, interface.subclass, interface.protocol, 0});
        append(rest, interface.class_descriptor);
        for (auto const& endpoint : interface.endpoints) {
            std::uint8_t const interval =
                endpoint.kind == UsbEndpoint::Kind::interrupt ? std::uint8_t{10} : std::uint8_t{0};
            append(rest, {7, type_endpoint, endpoint.address,
                          static_cast<std::uint8_t>(endpoint.kind), low(endpoint.packet_size),
                          high(endpoint.packet_size), interval});
        }
    }
    auto const total = rest.size() + 9;
    Bytes all{
        9, type_configuration, low(total), high(total), low(device.interfaces.size()), 1, 0, 0x80,
        50};
    append(all, rest);
    return all;
}

Bytes string_descriptor(UsbDevice const& device, std::uint8_t number) {
    if (number == 0) return {4, type_string, 0x09, 0x04};
    if (number != product_text) return {};
    Bytes text{low(2 + 2 * device.name.size()), type_string};
    for (auto const character : device.name) {
        text.push_back(static_cast<std::uint8_t>(character));
        text.push_back(0);
    }
    return text;
}

}  // namespace machine
