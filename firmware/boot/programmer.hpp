// The conversation with avrdude, a command at a time.
#pragma once

#include "firmware/boot/stk500.hpp"
#include "firmware/boot/update.hpp"

namespace boot {

class Programmer {
  public:
    enum class Outcome : uint8_t {
        not_heard,  // not a whole command, or none of ours
        done,
        left,  // done, and the other side has nothing more to say
    };

    // The first byte of a command has come: the rest of it, and the answer.
    Outcome obey(stk500::Command command);
    // Nothing was said for long: whoever comes now begins anew.
    void forget();

  private:
    Outcome program_page();
    Outcome read_page();
    Outcome leave();

    Update update_;
    uint8_t page_[page_size];
    uint32_t address_;  // of bytes
    bool is_programming_;
};

}  // namespace boot
