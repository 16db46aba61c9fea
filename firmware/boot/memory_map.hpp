// Where things stand in the flash of the supervisor. The boot loader cannot be replaced in the
// field: what is said here holds for every board and every application to come.
#pragma once

#include <stdint.h>

namespace boot {

constexpr uint16_t page_size = 256;
constexpr uint32_t loader_begin = 0x1F000;  // 4 KB: fuses BOOTSZ = 01

// At the end of the page below: what makes an application one that may be started.
struct Trailer {
    uint32_t magic;
    uint32_t length;  // of the application, which begins at 0
    uint8_t major, minor, patch;
    uint8_t reserved;
    uint32_t application_crc;  // CRC-32
    uint32_t trailer_crc;      // of the fields above
};
static_assert(sizeof(Trailer) == 20, "written by srec_cat, field by field");
constexpr uint32_t trailer_magic = 0x53504D44;  // "DMPS" as it stands in flash
constexpr uint32_t trailer_page = loader_begin - page_size;
constexpr uint32_t trailer_begin = loader_begin - sizeof(Trailer);

// CRC-32 as of zip and Ethernet: reflected polynomial, begun with ones and inverted at the end.
constexpr uint32_t crc_begin = 0xFFFFFFFF;
constexpr uint32_t crc_of(uint32_t crc, uint8_t byte) {
    crc ^= byte;
    for (uint8_t bit = 0; bit < 8; ++bit)
        crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
    return crc;
}
constexpr uint32_t crc_end(uint32_t crc) { return ~crc; }

}  // namespace boot
