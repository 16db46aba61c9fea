#include "tests/fakes/board/eeprom.hpp"

#include <algorithm>

namespace fake {
namespace {

using namespace std::chrono_literals;

// Of EECR
constexpr std::uint8_t read_enable = 0x01, write_enable = 0x02, master_enable = 0x04;
constexpr std::uint8_t mode_erase_only = 0x10, mode_write_only = 0x20;

// Data sheet, table "EEPROM Mode Bits".
constexpr auto erase_and_write = to_cycles(3400us), one_of_both = to_cycles(1800us);

}  // namespace

Eeprom::Eeprom(Mcu& mcu, std::vector<std::string>& complaints)
    : mcu_(mcu), complaints_(complaints) {
    done_.rings = [this] {
        mcu_.eeprom()[in_flight_->address] = in_flight_->wanted;
        in_flight_.reset();
        mcu_.data(registers::eecr) &= static_cast<std::uint8_t>(~write_enable);
    };
    mcu_.on_write(registers::eecr, [this](std::uint8_t control) { was_written(control); });
    mcu_.on_reset([this](Reset) { was_reset(); });
}

void Eeprom::was_written(std::uint8_t control) {
    if (in_flight_) {
        if ((control & read_enable) != 0) complaints_.emplace_back("EEPROM read during a write");
        if ((control & master_enable) == 0 && (control & write_enable) != 0 &&
            (mcu_.data(registers::eecr) & master_enable) != 0)
            complaints_.emplace_back("EEPROM written during a write");
        mcu_.write_through(registers::eecr,
                           static_cast<std::uint8_t>(control & ~(read_enable | write_enable)));
        mcu_.data(registers::eecr) |= write_enable;
        return;
    }
    bool const begins =
        (control & write_enable) != 0 && (mcu_.data(registers::eecr) & master_enable) != 0;
    auto const address = static_cast<std::uint16_t>(
        (mcu_.data(registers::eearl) | mcu_.data(registers::eearh) << 8) % eeprom_size);
    auto const before = mcu_.eeprom()[address];
    mcu_.write_through(registers::eecr, control);
    if (!begins) return;
    mcu_.eeprom()[address] = before;
    auto const data = mcu_.data(registers::eedr);
    if ((control & mode_erase_only) != 0)
        begin({address, before, 0xFF}, one_of_both);
    else if ((control & mode_write_only) != 0)
        begin({address, before, static_cast<std::uint8_t>(before & data)}, one_of_both);
    else
        begin({address, before, data}, erase_and_write);
}

void Eeprom::begin(EepromWrite const& write, Cycles lasts) {
    in_flight_ = write;
    ++begun_;
    until_ = mcu_.now() + lasts;
    mcu_.data(registers::eecr) |= write_enable;
    mcu_.set(done_, lasts);
}

// A write goes on over a reset, and EEPE with it (data sheet: its value after a reset is "X").
void Eeprom::was_reset() {
    if (!in_flight_) return;
    mcu_.data(registers::eecr) |= write_enable;
    mcu_.set(done_, std::max(until_ - mcu_.now(), Cycles{1}));
}

void Eeprom::settle(Fate fate, Random& random) {
    if (!in_flight_) return;
    auto& cell = mcu_.eeprom()[in_flight_->address];
    switch (fate) {
    case Fate::untouched: cell = in_flight_->before; break;
    case Fate::erased: cell = 0xFF; break;
    case Fate::half: cell = static_cast<std::uint8_t>(in_flight_->wanted | any_byte(random)); break;
    case Fate::junk: cell = any_byte(random); break;
    case Fate::done: cell = in_flight_->wanted; break;
    }
    in_flight_.reset();
}

}  // namespace fake
