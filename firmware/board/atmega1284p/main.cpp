// The supervisor on its chip: pins and registers to the core's inputs and outputs, each 10 ms.
#include "firmware/board/atmega1284p/adc.hpp"
#include "firmware/board/atmega1284p/eeprom.hpp"
#include "firmware/board/atmega1284p/timers.hpp"
#include "firmware/board/atmega1284p/uart.hpp"
#include "firmware/boot/handover.hpp"
#include "firmware/core/supervisor.hpp"

#include <avr/interrupt.h>
#include <avr/wdt.h>

using namespace supervisor;

// What the compiler puts into the table of a class that is never made.
extern "C" void __cxa_pure_virtual() {
    for (;;)
        asm volatile("");  // the watchdog ends it
}

namespace {

// As the build gives it, from firmware/version.hpp.
constexpr Version version{FIRMWARE_MAJOR, FIRMWARE_MINOR, FIRMWARE_PATCH};

void set_pins_up() {
    board::backlight().set(true);  // bright before it is an output: no dark moment
    board::Pin const outputs[] = {board::relay(),      board::reader_switch(), board::lamp_green(),
                                  board::lamp_amber(), board::lamp_red(),      board::slot_red(),
                                  board::slot_green(), board::slot_blue(),     board::backlight()};
    for (auto const& pin : outputs)
        pin.make_output();
    board::Pin const contacts[] = {board::door(), board::tilt(), board::key(), board::headphones()};
    for (auto const& pin : contacts)
        pin.pull_up();
    // What is not connected must not float.
    PORTA |= 0xF8;
    PORTB |= 0xE0;
    PORTC |= 0xFC;
}

// As the boot loader tells it.
BoardReset reset_cause() {
    uint8_t const flags = boot::reset_flags();
    // The supply rises through the brown-out's level: a power-on may have set both.
    if ((flags & 1 << PORF) != 0) return BoardReset::power_on;
    if ((flags & 1 << BORF) != 0) return BoardReset::brown_out;
    if ((flags & 1 << WDRF) != 0 && !boot::was_asked_for()) return BoardReset::watchdog;
    return BoardReset::external;
}

RawInputs look() {
    RawInputs raw;
    raw.door_open = board::door().high();
    raw.tilted = board::tilt().high();
    raw.key_turned = !board::key().high();
    raw.headphones = !board::headphones().high();
    raw.distance = board::measure(board::Channel::distance);
    // Through 33 and 10 kilohms.
    raw.supply = static_cast<uint16_t>(board::measure(board::Channel::supply) * 43ul / 10);
    // MCP9700: 500 mV at 0 degrees, 10 mV a degree.
    raw.temperature = static_cast<int16_t>(board::measure(board::Channel::temperature) - 500);
    return raw;
}

void show(Outputs const& outputs) {
    board::relay().set(outputs.cut_pc);
    board::reader_switch().set(outputs.cut_reader);
    board::lamp_red().set(outputs.lamps.red);
    board::lamp_amber().set(outputs.lamps.amber);
    board::lamp_green().set(outputs.lamps.green);
    board::show_slot(outputs.slot);
    board::show_backlight(outputs.backlight);
}

}  // namespace

int main() {
    // Only the tick feeds it: a timer that stopped is as bad as a loop that hangs.
    wdt_enable(WDTO_2S);
    set_pins_up();
    board::start_adc();
    board::start_timers();
    board::Uart uart;
    uart.start();
    board::Eeprom eeprom;
    sei();

    Time now = 0;
    static FrameReader reader;
    static Supervisor supervisor{eeprom, uart, version, reset_cause(), now};
    show(supervisor.step(look(), 0, now));  // before the first question can come
    for (;;) {
        uint8_t const ticks = board::take_ticks();
        now += ticks * board::tick;
        for (uint8_t byte; uart.take(byte);)
            if (reader.take(byte)) supervisor.receive(reader.frame(), now);
        if (ticks == 0) continue;
        wdt_reset();
        Outputs const outputs = supervisor.step(look(), reader.refused(), now);
        show(outputs);
        if (outputs.enter_loader && uart.quiet()) boot::enter_boot_loader();
    }
}
