#include "tests/fakes/board/serial_line.hpp"

#include <algorithm>

namespace fake {
namespace {

constexpr std::uint32_t baud = 115200;
constexpr Cycles byte_time{crystal_hertz / baud * 10};  // start, eight bits, stop
constexpr int receiver_holds = 3;

}  // namespace

SerialLine::SerialLine(Mcu& mcu, std::vector<std::string>& complaints)
    : mcu_(mcu), complaints_(complaints) {
    tick_.rings = [this] { byte_time_is_over(); };
    mcu_.on_uart_output([this](std::uint8_t byte) {
        if (!speaks_the_rate()) {
            complaints_.emplace_back("a byte sent at another rate than 115200");
            return;
        }
        if (on_byte) on_byte(byte);
    });
    mcu_.on_write(registers::ubrr0l, [this](std::uint8_t value) {
        mcu_.write_through(registers::ubrr0l, value);
        mcu_.uart_correct_byte_time();
    });
    // An empty transmitter says so; simavr forgets it when the transmitter is switched off.
    mcu_.on_write(registers::ucsr0b, [this](std::uint8_t value) {
        mcu_.write_through(registers::ucsr0b, value);
        mcu_.uart_tell_empty();
    });
    // What is unread is a request at once; simavr tells it again a byte time later.
    mcu_.after_read(registers::udr0, [this] { mcu_.uart_tell_unread(); });
    mcu_.on_reset([this](Reset) {
        watches_ = false;
        watch();
    });
}

void SerialLine::send(std::uint8_t byte) {
    to_board_.push_back(byte);
    watch();
}

void SerialLine::watch() {
    if (watches_ || (to_board_.empty() && mcu_.uart_unread() == 0)) return;
    watches_ = true;
    mcu_.set(tick_, byte_time);
}

void SerialLine::byte_time_is_over() {
    watches_ = false;
    if (!to_board_.empty()) {
        auto const byte = to_board_.front();
        to_board_.pop_front();
        if (!mcu_.uart_listens()) {
            // Said into the void.
        } else if (!speaks_the_rate()) {
            complaints_.emplace_back("a byte listened to at another rate than 115200");
        } else if (mcu_.uart_unread() >= receiver_holds) {
            ++overruns_;
            mcu_.uart_tell_overrun();
        } else {
            mcu_.uart_put(byte);
        }
    }
    mcu_.uart_tell_unread();
    watch();
}

// Within the two percent that a receiver tolerates.
bool SerialLine::speaks_the_rate() const {
    auto const divisor = 1U + (mcu_.data(registers::ubrr0l) |
                               static_cast<unsigned>(mcu_.data(registers::ubrr0h) & 0x0F) << 8);
    bool const doubled = (mcu_.data(registers::ucsr0a) & 0x02) != 0;
    auto const rate = static_cast<double>(crystal_hertz) / (doubled ? 8 : 16) / divisor;
    return rate > baud * 0.98 && rate < baud * 1.02;
}

}  // namespace fake
