// What a USB device says of itself, made of what matters to a machine that judges it: its numbers
// and its interfaces.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace machine {

struct UsbEndpoint {
    std::uint8_t address;  // 0x81: number 1, to the machine
    enum class Kind : std::uint8_t { bulk = 2, interrupt = 3 } kind;
    std::uint16_t packet_size = 64;
};

struct UsbInterface {
    std::uint8_t device_class;  // 03/01/01: a keyboard; 08/06/50: a stick; 0b/00/00: a reader
    std::uint8_t subclass;
    std::uint8_t protocol;
    base::Bytes class_descriptor = {};  // of its class, between interface and endpoints
    std::vector<UsbEndpoint> endpoints = {};
    base::Bytes report_descriptor = {};  // of a HID
};

struct UsbDevice {
    std::uint16_t vendor;
    std::uint16_t product;
    std::string name;
    std::vector<UsbInterface> interfaces;
};

UsbInterface keyboard_interface();
UsbInterface storage_interface(std::uint8_t first_endpoint);
UsbInterface reader_interface();

base::Bytes device_descriptor(UsbDevice const& device);
base::Bytes configuration_descriptor(UsbDevice const& device);
// Number 0: the languages; else a text in UTF-16.
base::Bytes string_descriptor(UsbDevice const& device, std::uint8_t number);

}  // namespace machine
