#include "firmware/boot/programmer.hpp"

#include "firmware/boot/clock.hpp"
#include "firmware/boot/serial.hpp"

#include <avr/io.h>
#include <avr/wdt.h>
#include <string.h>

namespace boot {
namespace {

using namespace stk500;
using Outcome = Programmer::Outcome;

// Between two bytes of a command. Who was cut off in the middle of one is forgotten, so that the
// next one's first word is not taken for the rest of it.
constexpr uint16_t most_tenths_between_bytes = 2;

bool receive(uint8_t& byte) {
    Clock clock;
    clock.restart();
    while (!serial::has_byte()) {
        wdt_reset();
        if (clock.tenths() >= most_tenths_between_bytes) return false;
    }
    byte = serial::take();
    return true;
}

bool skip(uint8_t count) {
    uint8_t ignored;
    for (uint8_t i = 0; i < count; ++i)
        if (!receive(ignored)) return false;
    return true;
}

void answer(Answer byte) { serial::put(static_cast<uint8_t>(byte)); }

// Every command ends with the same byte; the answer begins only after it.
bool is_at_end() {
    uint8_t byte;
    if (!receive(byte)) return false;
    if (byte != end_of_command) {
        answer(Answer::no_sync);
        return false;
    }
    answer(Answer::in_sync);
    return true;
}

Outcome acknowledge(bool is_good = true) {
    answer(is_good ? Answer::ok : Answer::failed);
    return Outcome::done;
}

Outcome acknowledge_after(uint8_t count) {
    return skip(count) && is_at_end() ? acknowledge() : Outcome::not_heard;
}

uint8_t parameter(Parameter which) {
    switch (which) {
    case Parameter::hardware: return 2;
    case Parameter::software_major: return 1;
    case Parameter::software_minor: return 18;
    }
    return 3;  // voltages and the like, of which this is no programmer
}

// Of PROG_PAGE and READ_PAGE: how many bytes, of which memory.
struct Block {
    uint16_t size;
    bool is_flash;
};

bool receive(Block& block) {
    uint8_t high, low, memory;
    if (!receive(high) || !receive(low) || !receive(memory)) return false;
    block.size = static_cast<uint16_t>(high << 8 | low);
    block.is_flash = memory == memory_flash;
    return true;
}

}  // namespace

void Programmer::forget() { is_programming_ = false; }

Outcome Programmer::obey(Command command) {
    switch (command) {
    case Command::get_sync: return acknowledge_after(0);
    case Command::set_device: return acknowledge_after(device_bytes);
    case Command::set_device_extended: {
        uint8_t count;  // itself among them
        return receive(count) ? acknowledge_after(static_cast<uint8_t>(count - 1))
                              : Outcome::not_heard;
    }
    case Command::get_parameter: {
        uint8_t which;
        if (!receive(which) || !is_at_end()) return Outcome::not_heard;
        serial::put(parameter(static_cast<Parameter>(which)));
        return acknowledge();
    }
    case Command::universal:
        // An instruction for a chip's own programming. None is needed: pages are erased one by one.
        if (!skip(4) || !is_at_end()) return Outcome::not_heard;
        serial::put(0);
        return acknowledge();
    case Command::enter_programming:
        if (!is_at_end()) return Outcome::not_heard;
        update_.begin();
        is_programming_ = true;
        return acknowledge();
    case Command::load_address: {
        uint8_t low, high;
        if (!receive(low) || !receive(high) || !is_at_end()) return Outcome::not_heard;
        address_ = 2 * (static_cast<uint32_t>(high) << 8 | low);  // told in words
        return acknowledge();
    }
    case Command::read_signature:
        if (!is_at_end()) return Outcome::not_heard;
        serial::put(SIGNATURE_0);
        serial::put(SIGNATURE_1);
        serial::put(SIGNATURE_2);
        return acknowledge();
    case Command::program_page: return program_page();
    case Command::read_page: return read_page();
    case Command::leave_programming: return leave();
    }
    return Outcome::not_heard;
}

Outcome Programmer::program_page() {
    Block block;
    if (!receive(block)) return Outcome::not_heard;
    memset(page_, 0xFF, sizeof page_);
    for (uint16_t i = 0; i < block.size; ++i) {
        uint8_t byte;
        if (!receive(byte)) return Outcome::not_heard;
        if (i < page_size) page_[i] = byte;
    }
    if (!is_at_end()) return Outcome::not_heard;
    return acknowledge(is_programming_ && block.is_flash && block.size <= page_size &&
                       update_.program(address_, page_));
}

Outcome Programmer::read_page() {
    Block block;
    if (!receive(block) || !is_at_end()) return Outcome::not_heard;
    if (!block.is_flash || block.size > page_size) return acknowledge(false);
    for (uint16_t i = 0; i < block.size; ++i)
        serial::put(update_.read(address_ + i));
    return acknowledge();
}

Outcome Programmer::leave() {
    if (!is_at_end()) return Outcome::not_heard;
    acknowledge(!is_programming_ || update_.finish());
    is_programming_ = false;
    return Outcome::left;
}

}  // namespace boot
