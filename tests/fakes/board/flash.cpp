#include "tests/fakes/board/flash.hpp"

#include <algorithm>
#include <functional>

namespace fake {
namespace {

using namespace std::chrono_literals;

// Of SPMCSR
constexpr std::uint8_t enable = 0x01, erase_page = 0x02, write_page = 0x04, read_again = 0x10,
                       section_busy = 0x40;
constexpr std::uint8_t eeprom_write_enable = 0x02;  // of EECR

constexpr auto one_step = to_cycles(4ms);
// From here on, flash stands still for the program that changes it (NRWW).
constexpr std::uint32_t no_read_while_write = 0x1E000;
constexpr Cycles most_cycles_to_spm{4};

}  // namespace

Flash::Flash(Mcu& mcu, Sections sections, std::vector<std::string>& complaints)
    : mcu_(mcu), sections_(sections), complaints_(complaints) {
    done_.rings = [this] { finish(); };
    mcu_.on_write(registers::spmcsr, [this](std::uint8_t control) {
        if (in_flight_) {
            complaints_.emplace_back("SPMCSR written while a page is changed");
            return;
        }
        auto& value = mcu_.data(registers::spmcsr);
        value = static_cast<std::uint8_t>((value & section_busy) | (control & ~section_busy));
        control_written_ = mcu_.now();
    });
    mcu_.on_spm([this] { command(); });
    // Whether silicon finishes a step over a reset is not said; the next start reads all of it
    // anyway.
    mcu_.on_reset([this](Reset) {
        Random none;
        settle(Fate::done, none);
    });
}

void Flash::command() {
    auto const complain = [this](char const* what) { complaints_.emplace_back(what); };
    if (mcu_.program_counter() < sections_.boot) return complain("SPM outside of the boot section");
    if (in_flight_) return complain("SPM while a page is changed");
    if ((mcu_.data(registers::eecr) & eeprom_write_enable) != 0)
        return complain("SPM during an EEPROM write");
    auto& control = mcu_.data(registers::spmcsr);
    if ((control & enable) == 0 || mcu_.now() - control_written_ > most_cycles_to_spm)
        return complain("SPM without SPMEN just before");
    auto const z = static_cast<std::uint32_t>(mcu_.data(30) | mcu_.data(31) << 8 |
                                              (mcu_.data(registers::rampz) & 1) << 16);
    if ((control & erase_page) != 0) return begin(PageStep::erase, z);
    if ((control & write_page) != 0) return begin(PageStep::write, z);
    control &= static_cast<std::uint8_t>(~enable);
    if ((control & read_again) != 0) {
        buffer_ = {};
        return show();
    }
    // A word of the buffer is written once, until the buffer is used or dropped.
    auto& word = buffer_[z % page_size / 2];
    if (!word) word = static_cast<std::uint16_t>(mcu_.data(0) | mcu_.data(1) << 8);
}

void Flash::begin(PageStep step, std::uint32_t address) {
    address -= address % page_size;
    if (step == PageStep::write) {
        for (std::size_t i = 0; i < buffer_.size(); ++i) {
            auto const word = buffer_[i].value_or(0xFFFF);
            wanted_[2 * i] = static_cast<std::uint8_t>(word);
            wanted_[2 * i + 1] = static_cast<std::uint8_t>(word >> 8);
        }
        buffer_ = {};
    }
    if (sections_.locked && address >= sections_.boot) {
        complaints_.emplace_back("SPM on the locked boot section");
        mcu_.data(registers::spmcsr) &= section_busy;
        return;
    }
    in_flight_ = PageChange{step, address};
    ++begun_;
    mcu_.set(done_, one_step);
    if (address >= no_read_while_write)
        mcu_.halt_for(one_step);
    else
        hide();
}

void Flash::finish() {
    std::ranges::copy(changed(), page(in_flight_->address).begin());
    in_flight_.reset();
    mcu_.data(registers::spmcsr) = hidden_.empty() ? std::uint8_t{0} : section_busy;
}

// Writing clears bits and sets none: a page that was not erased becomes a mixture.
Page Flash::changed() const {
    Page after;
    after.fill(0xFF);
    if (in_flight_->step == PageStep::erase) return after;
    std::ranges::transform(page(in_flight_->address), wanted_, after.begin(), std::bit_and<>{});
    return after;
}

std::vector<std::uint8_t> Flash::cells_after(Fate fate, Random& random) const {
    auto all = cells();
    if (!in_flight_) return all;
    auto const before = std::span{all}.subspan(in_flight_->address, page_size);
    auto const after = changed();
    switch (fate) {
    case Fate::untouched: break;
    case Fate::erased: std::ranges::fill(before, std::uint8_t{0xFF}); break;
    case Fate::half: std::copy_n(after.begin(), page_size / 2, before.begin()); break;
    case Fate::junk: std::ranges::generate(before, [&] { return any_byte(random); }); break;
    case Fate::done: std::ranges::copy(after, before.begin()); break;
    }
    return all;
}

void Flash::settle(Fate fate, Random& random) {
    auto const after = cells_after(fate, random);
    in_flight_.reset();
    hidden_.clear();
    std::ranges::copy(after, mcu_.flash().begin());
    mcu_.data(registers::spmcsr) = 0;
}

void Flash::hide() {
    mcu_.data(registers::spmcsr) |= section_busy;
    if (!hidden_.empty()) return;
    auto const section = mcu_.flash().first(no_read_while_write);
    hidden_.assign(section.begin(), section.end());
    std::ranges::fill(section, std::uint8_t{0xFF});
}

void Flash::show() {
    if (hidden_.empty()) return;
    std::ranges::copy(hidden_, mcu_.flash().begin());
    hidden_.clear();
    mcu_.data(registers::spmcsr) &= static_cast<std::uint8_t>(~section_busy);
}

std::span<std::uint8_t> Flash::page(std::uint32_t address) {
    if (address < hidden_.size()) return std::span{hidden_}.subspan(address, page_size);
    return mcu_.flash().subspan(address, page_size);
}

std::span<std::uint8_t const> Flash::page(std::uint32_t address) const {
    return const_cast<Flash*>(this)->page(address);
}

std::vector<std::uint8_t> Flash::cells() const {
    auto const all = mcu_.flash();
    std::vector<std::uint8_t> cells{all.begin(), all.end()};
    std::ranges::copy(hidden_, cells.begin());
    return cells;
}

}  // namespace fake
