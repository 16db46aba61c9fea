// The door to libsimavr: an ATmega1284P that runs, whose registers can be hooked and whose memories
// can be reached. What simavr leaves out of the hardware (how long a write takes, what a line rate
// is) is added by the models above, which know no simavr.
#pragma once

#include "tests/fakes/board/time.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace fake {

enum class Reset : std::uint8_t { power_on, external, brown_out, watchdog };

// Of the data space, as in the data sheet's register summary (the number in brackets).
using Address = std::uint16_t;
namespace registers {
inline constexpr Address pin_a = 0x20;  // PINx, DDRx and PORTx follow each other
inline constexpr Address eecr = 0x3F, eedr = 0x40, eearl = 0x41, eearh = 0x42;
inline constexpr Address tccr0a = 0x44, tccr0b = 0x45, ocr0a = 0x47, ocr0b = 0x48;
inline constexpr Address mcusr = 0x54, spmcsr = 0x57, rampz = 0x5B;
inline constexpr Address tccr2a = 0xB0, tccr2b = 0xB1, ocr2a = 0xB3, ocr2b = 0xB4;
inline constexpr Address ucsr0a = 0xC0, ucsr0b = 0xC1, ucsr0c = 0xC2;
inline constexpr Address ubrr0l = 0xC4, ubrr0h = 0xC5, udr0 = 0xC6;
}  // namespace registers
inline constexpr Address sram_begin = 0x100, sram_end = 0x4100;
inline constexpr std::uint32_t flash_size = 128 * 1024;
inline constexpr std::uint16_t eeprom_size = 4 * 1024;

class Mcu {
  public:
    // Powered on and before its first instruction. All is as simavr makes it: flash and EEPROM
    // erased, SRAM zero.
    explicit Mcu(std::uint32_t first_instruction);
    ~Mcu();
    Mcu(Mcu const&) = delete;
    Mcu& operator=(Mcu const&) = delete;

    // Some instructions, 2 us; also passes time when it sleeps, halts or crashed.
    void run();
    Cycles now() const;
    void reset(Reset cause);
    // As while an SPM changes the section that the program runs from: timers go on.
    void halt_for(Cycles cycles);
    bool has_crashed() const;  // simavr met what it cannot execute

    std::uint32_t program_counter() const;
    // Without what the hardware does beside; r0 to r31 are the addresses 0 to 31.
    std::uint8_t& data(Address address);
    std::uint8_t data(Address address) const;
    std::span<std::uint8_t> flash();
    std::span<std::uint8_t> eeprom();

    // An alarm that was set rings once; a reset forgets it. It lives as long as the MCU.
    struct Alarm {
        std::function<void()> rings;
    };
    void set(Alarm& alarm, Cycles from_now);

    // Hooks, made before the first run; one for each register.
    void on_write(Address address, std::function<void(std::uint8_t value)> hook);
    void write_through(Address address, std::uint8_t value);  // what simavr does with it
    void after_read(Address address, std::function<void()> hook);
    void on_spm(std::function<void()> hook);  // instead of simavr's own
    // Registers are zero, MCUSR says why, nothing has run yet.
    void on_reset(std::function<void(Reset)> hook);

    // Ports A to D are 0 to 3.
    void set_pin(int port, int bit, bool high);
    void forget_pin_levels(int port);  // else simavr tells firmware no level that it told before
    // Levels from outside prevail over pull-ups, which simavr otherwise takes for the level.
    void set_driven_from_outside(int port, std::uint8_t mask, std::uint8_t levels);
    void set_millivolts(int channel, std::uint32_t millivolts);

    // UART0
    void on_uart_output(std::function<void(std::uint8_t)> hook);
    bool uart_listens() const;
    int uart_unread() const;
    void uart_put(std::uint8_t byte);  // received as a whole now
    void uart_tell_unread();           // RXC stays a request as long as something is unread
    void uart_tell_overrun();
    void uart_tell_empty();         // UDRE, unless something is still sent
    void uart_correct_byte_time();  // of 8N1: simavr counts a parity bit always

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace fake
