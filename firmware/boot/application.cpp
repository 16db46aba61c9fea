#include "firmware/boot/application.hpp"

#include "firmware/boot/clock.hpp"
#include "firmware/boot/flash.hpp"
#include "firmware/boot/serial.hpp"

#include <avr/wdt.h>
#include <stddef.h>

namespace boot {
namespace {

uint32_t crc_of_flash(uint32_t begin, uint32_t end) {
    auto crc = crc_begin;
    for (auto address = begin; address != end; ++address) {
        wdt_reset();
        crc = crc_of(crc, read_flash(address));
    }
    return crc_end(crc);
}

}  // namespace

Trailer read_trailer() {
    Trailer trailer;
    memcpy_PF(&trailer, trailer_begin, sizeof trailer);
    return trailer;
}

bool application_is_whole() {
    auto const trailer = read_trailer();
    return trailer.magic == trailer_magic &&
           trailer.trailer_crc ==
               crc_of_flash(trailer_begin, trailer_begin + offsetof(Trailer, trailer_crc)) &&
           trailer.length != 0 && trailer.length <= trailer_page &&
           trailer.application_crc == crc_of_flash(0, trailer.length);
}

void start_application() {
    serial::close();
    Clock::close();
    wdt_disable();
    RAMPZ = 0;
    asm volatile("jmp 0");
    __builtin_unreachable();
}

}  // namespace boot
