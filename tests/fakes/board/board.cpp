#include "tests/fakes/board/board.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace fake {

// What there is as long as there is power.
struct Board::Power {
    Power(Board& board, std::uint32_t first_instruction)
        : mcu(first_instruction), eeprom(mcu, board.complaints_),
          flash(mcu, {board.setup_.boot_section, board.setup_.boot_section_locked},
                board.complaints_),
          line(mcu, board.complaints_),
          pins(mcu, board.outside_, [&board] { return board.now(); }) {}

    Mcu mcu;
    Eeprom eeprom;
    Flash flash;
    SerialLine line;
    Pins pins;
};

Board::Board(BoardSetup setup)
    : setup_(std::move(setup)), random_(setup_.seed), flash_(flash_size, 0xFF),
      eeprom_(eeprom_size, 0xFF) {
    for (auto const& file : setup_.images)
        for (auto const& [address, page] : read_intel_hex(file))
            set_flash(page, address);
    give_power();
}

Board::~Board() = default;

Board::Power& Board::power() const {
    if (!power_) throw std::logic_error{"the board has no power"};
    return *power_;
}

void Board::give_power() {
    if (power_) throw std::logic_error{"the board has power"};
    power_ =
        std::make_unique<Power>(*this, setup_.starts_in_boot_section ? setup_.boot_section : 0U);
    auto& mcu = power_->mcu;
    std::ranges::copy(flash_, mcu.flash().begin());
    std::ranges::copy(eeprom_, mcu.eeprom().begin());
    for (Address i = 0; i < 32; ++i)
        mcu.data(i) = any_byte(random_);
    for (Address i = sram_begin; i < sram_end; ++i)
        mcu.data(i) = any_byte(random_);
    mcu.on_reset([this](Reset cause) { ++resets_[cause]; });
    ++resets_[Reset::power_on];
    power_->line.on_byte = [this](std::uint8_t byte) { received_.push_back(byte); };
}

void Board::cut_power(Fate fate) {
    auto& on = power();
    on.flash.settle(fate, random_);
    on.eeprom.settle(fate, random_);
    flash_ = on.flash.cells();
    auto const cells = on.mcu.eeprom();
    eeprom_.assign(cells.begin(), cells.end());
    before_power_ = now();
    power_.reset();
    for (auto& [pin, edges] : outside_.edges)
        if (edges.back().drive != Drive::floating)
            edges.push_back({before_power_, Drive::floating});
}

void Board::brown_out(Fate fate) {
    power().flash.settle(fate, random_);
    power().eeprom.settle(fate, random_);
    power().mcu.reset(Reset::brown_out);
}

void Board::reset_from_outside() { power().mcu.reset(Reset::external); }

int Board::resets(Reset cause) const {
    auto const found = resets_.find(cause);
    return found == resets_.end() ? 0 : found->second;
}

Time Board::now() const {
    return power_ ? before_power_ + to_span(power_->mcu.now()) : before_power_;
}

void Board::run_for(Span span) {
    run_until([] { return false; }, span);
}

bool Board::run_until(std::function<bool()> const& holds, Span limit) {
    if (!power_) {
        if (holds()) return true;
        before_power_ += limit;  // nothing can change meanwhile
        return false;
    }
    auto const end = power_->mcu.now() + to_cycles(limit);
    while (!holds()) {
        if (power_->mcu.now() >= end) return false;
        power_->mcu.run();
    }
    return true;
}

void Board::send(base::ByteView bytes) {
    for (auto const byte : bytes)
        power().line.send(byte);
}

std::size_t Board::unsent() const { return power_ ? power_->line.unsent() : 0; }
base::Bytes Board::take_received() { return std::exchange(received_, {}); }
std::int64_t Board::overruns() const { return power().line.overruns(); }

void Board::drive(Pin pin, bool high) {
    if (power_)
        power_->pins.drive(pin, high);
    else
        outside_.driven[pin] = high;
}

void Board::release(Pin pin) {
    if (power_)
        power_->pins.release(pin);
    else
        outside_.driven.erase(pin);
}

void Board::set_millivolts(int channel, std::uint32_t millivolts) {
    if (power_)
        power_->pins.set_millivolts(channel, millivolts);
    else
        outside_.millivolts.at(static_cast<std::size_t>(channel)) = millivolts;
}

Drive Board::output(Pin pin) const { return power_ ? power_->pins.output(pin) : Drive::floating; }

std::vector<Edge> Board::edges(Pin pin) const {
    auto const found = outside_.edges.find(pin);
    return found == outside_.edges.end() ? std::vector<Edge>{} : found->second;
}

Pwm Board::pwm(PwmOutput output) const { return power().pins.pwm(output); }

base::Bytes Board::eeprom() const {
    if (!power_) return eeprom_;
    auto const cells = power_->mcu.eeprom();
    return {cells.begin(), cells.end()};
}

void Board::set_eeprom(base::ByteView bytes, std::uint16_t from) {
    std::ranges::copy(
        bytes,
        (power_ ? power_->mcu.eeprom() : std::span{eeprom_}).subspan(from, bytes.size()).begin());
}

base::Bytes Board::flash() const { return power_ ? power_->flash.cells() : flash_; }

base::Bytes Board::flash_if_cut(Fate fate) { return power().flash.cells_after(fate, random_); }

void Board::set_flash(base::ByteView bytes, std::uint32_t from) {
    std::ranges::copy(
        bytes,
        (power_ ? power_->mcu.flash() : std::span{flash_}).subspan(from, bytes.size()).begin());
}

std::optional<EepromWrite> Board::eeprom_write() const { return power().eeprom.in_flight(); }
std::int64_t Board::eeprom_writes() const { return power().eeprom.begun(); }
std::optional<PageChange> Board::page_change() const { return power().flash.in_flight(); }
std::int64_t Board::page_changes() const { return power().flash.begun(); }

std::uint8_t Board::data(Address address) const { return std::as_const(power().mcu).data(address); }
void Board::set_data(Address address, std::uint8_t value) { power().mcu.data(address) = value; }
std::uint32_t Board::program_counter() const { return power().mcu.program_counter(); }
bool Board::has_crashed() const { return power().mcu.has_crashed(); }

}  // namespace fake
