// The first program after every reset. It listens for an update for a moment, or for long if it was
// asked to, then starts the application if it is whole. It touches no pin but those of UART0.
#include "firmware/boot/application.hpp"
#include "firmware/boot/clock.hpp"
#include "firmware/boot/handover.hpp"
#include "firmware/boot/programmer.hpp"
#include "firmware/boot/serial.hpp"

#include <avr/io.h>
#include <avr/wdt.h>

namespace boot {
namespace {

constexpr uint16_t tenths_after_a_reset = 5;
constexpr uint16_t tenths_when_asked_for = 300;
constexpr uint16_t tenths_of_silence = 80;  // in a conversation

// Before any variable exists: the watchdog may be on at 16 ms, and the word that asks for this
// loader stands where its variables will.
void __attribute__((naked, used, section(".init3"))) take_over() {
    auto const flags = MCUSR;
    MCUSR = 0;
    GPIOR0 = flags;
    GPIOR1 = (flags & _BV(WDRF)) != 0 && request() == request_word ? 1 : 0;
    request() = 0;
    // Without a reset, an application that ran astray came here: its registers are anything. The
    // watchdog ends that, and from now on a loader that hangs.
    if (flags == 0) {
        wdt_enable(WDTO_15MS);
        for (;;)
            asm volatile("cli");
    }
    wdt_enable(WDTO_1S);
    wdt_reset();
}

Programmer programmer;

[[noreturn]] void listen(uint16_t patience) {
    bool is_heard = false;    // somebody said the first word
    bool is_useless = false;  // there is nothing to start
    Clock clock;
    clock.restart();
    for (;;) {
        wdt_reset();
        bool is_over = clock.tenths() >= patience;
        if (serial::has_byte()) {
            auto const command = static_cast<stk500::Command>(serial::take());
            // Until then all is noise, such as what the PC says to the application.
            if (!is_heard && command != stk500::Command::get_sync) continue;
            auto const outcome = programmer.obey(command);
            if (outcome == Programmer::Outcome::not_heard) continue;
            is_heard = true;
            is_useless = false;
            patience = tenths_of_silence;
            clock.restart();
            is_over = outcome == Programmer::Outcome::left;
        }
        if (!is_over || is_useless) continue;
        if (application_is_whole()) start_application();
        programmer.forget();
        is_heard = false;
        is_useless = true;
    }
}

}  // namespace
}  // namespace boot

int main() {
    boot::serial::open();
    boot::Clock::open();
    boot::listen(boot::was_asked_for() ? boot::tenths_when_asked_for : boot::tenths_after_a_reset);
}
