// What the application and the boot loader tell each other. The application asks by a word in SRAM,
// which outlives the watchdog's reset; the loader answers in two registers that nothing else uses.
#pragma once

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include <stdint.h>

namespace boot {

// In the application's own variables, which it no longer needs then.
constexpr uint16_t request_address = RAMSTART;
constexpr uint32_t request_word = 0x4C4F4144;  // "LOAD"; junk after a power cut is not it
inline uint32_t volatile& request() {
    return *reinterpret_cast<uint32_t volatile*>(request_address);
}

// For the application: the loader listens for 30 s, then starts it again.
[[noreturn]] inline void enter_boot_loader() {
    cli();
    request() = request_word;
    wdt_enable(WDTO_15MS);
    for (;;)
        asm volatile("");
}

// Why the MCU was reset: MCUSR, which the loader has cleared.
inline uint8_t reset_flags() { return GPIOR0; }
// It was the watchdog, because enter_boot_loader() wanted it.
inline bool was_asked_for() { return GPIOR1 != 0; }

}  // namespace boot
