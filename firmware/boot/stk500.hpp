// Of STK500 version 1 (Atmel application note AVR061), what avrdude -c arduino says and hears.
#pragma once

#include <stdint.h>

namespace boot {
namespace stk500 {

enum class Command : uint8_t {
    get_sync = 0x30,
    get_parameter = 0x41,
    set_device = 0x42,
    set_device_extended = 0x45,
    enter_programming = 0x50,
    leave_programming = 0x51,
    load_address = 0x55,
    universal = 0x56,
    program_page = 0x64,
    read_page = 0x74,
    read_signature = 0x75,
};

constexpr uint8_t end_of_command = 0x20;

enum class Answer : uint8_t { ok = 0x10, failed = 0x11, in_sync = 0x14, no_sync = 0x15 };

enum class Parameter : uint8_t { hardware = 0x80, software_major = 0x81, software_minor = 0x82 };

constexpr uint8_t device_bytes = 20;   // of SET_DEVICE
constexpr uint8_t memory_flash = 'F';  // of PROG_PAGE and READ_PAGE

}  // namespace stk500
}  // namespace boot
