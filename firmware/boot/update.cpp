#include "firmware/boot/update.hpp"

#include "firmware/boot/flash.hpp"

#include <string.h>

namespace boot {

void Update::begin() {
    memset(programmed_, 0, sizeof programmed_);
    is_trailer_erased_ = false;
    is_trailer_kept_ = false;
}

bool Update::program(uint32_t page, uint8_t const (&bytes)[page_size]) {
    if (page % page_size != 0 || page > trailer_page) return false;
    if (!is_trailer_erased_ && !erase_trailer()) return false;
    if (page == trailer_page) {
        memcpy(kept_, bytes, page_size);
        is_trailer_kept_ = true;
        return true;
    }
    erase_page(page);
    write_erased_page(page, bytes);
    auto const number = static_cast<uint16_t>(page / page_size);
    auto& eight = programmed_[number / 8];
    eight = static_cast<uint8_t>(eight | 1 << number % 8);
    return true;
}

bool Update::erase_trailer() {
    erase_page(trailer_page);
    for (auto address = trailer_begin; address != loader_begin; ++address)
        if (read_flash(address) != 0xFF) return false;
    is_trailer_erased_ = true;
    return true;
}

uint8_t Update::read(uint32_t address) const {
    if (is_trailer_kept_ && address >= trailer_page && address < loader_begin)
        return kept_[address - trailer_page];
    return read_flash(address);
}

bool Update::finish() {
    if (!is_trailer_erased_) return true;
    if (!is_trailer_kept_ || !has_all_pages()) return false;
    write_erased_page(trailer_page, kept_);
    begin();
    return true;
}

bool Update::has_all_pages() const {
    Trailer trailer;
    memcpy(&trailer, kept_ + page_size - sizeof trailer, sizeof trailer);
    if (trailer.length > trailer_page) return false;
    for (uint16_t number = 0; number * uint32_t{page_size} < trailer.length; ++number)
        if ((programmed_[number / 8] & 1 << number % 8) == 0) return false;
    return true;
}

}  // namespace boot
