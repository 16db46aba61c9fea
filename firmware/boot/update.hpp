// One update of the application. Whatever order its pages come in, its trailer is erased before the
// first of them is changed and written after the last: a power cut at any moment leaves the old
// application whole, or one that is not started, or the new one whole.
#pragma once

#include "firmware/boot/memory_map.hpp"

#include <stdint.h>

namespace boot {

class Update {
  public:
    // Forgets what came so far. What is erased stays so.
    void begin();
    // False when there is no such page for an application, or the trailer does not go away. The
    // page with the trailer is only kept.
    bool program(uint32_t page, uint8_t const (&bytes)[page_size]);
    // As the other side sees it: a kept page is there.
    uint8_t read(uint32_t address) const;
    // Writes the trailer, if every page that it speaks for was programmed. True also when nothing
    // was to be done.
    bool finish();

  private:
    static constexpr uint16_t pages = trailer_page / page_size;

    bool erase_trailer();
    bool has_all_pages() const;

    uint8_t kept_[page_size];
    uint8_t programmed_[(pages + 7) / 8];  // a bit for each page
    bool is_trailer_erased_;
    bool is_trailer_kept_;
};

}  // namespace boot
