// The flash, read and changed by pages. Whoever calls knows that a page may be changed.
#pragma once

#include "firmware/boot/memory_map.hpp"

#include <avr/boot.h>
#include <avr/pgmspace.h>
#include <stdint.h>

namespace boot {

inline uint8_t read_flash(uint32_t address) { return pgm_read_byte_far(address); }

// A write of the EEPROM that a reset did not end must be over first, or SPM does nothing.
inline void erase_page(uint32_t page) {
    eeprom_busy_wait();
    boot_page_erase(page);
    boot_spm_busy_wait();
    boot_rww_enable();
}

inline void write_erased_page(uint32_t page, uint8_t const (&bytes)[page_size]) {
    eeprom_busy_wait();
    for (uint16_t i = 0; i < page_size; i += 2)
        boot_page_fill(page + i, static_cast<uint16_t>(bytes[i] | bytes[i + 1] << 8));
    boot_page_write(page);
    boot_spm_busy_wait();
    boot_rww_enable();
}

}  // namespace boot
