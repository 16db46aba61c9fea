#include "tests/fakes/board/mcu.hpp"

#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <stdexcept>
#include <utility>
#include <vector>

extern "C" {
#include <avr_adc.h>
#include <avr_eeprom.h>
#include <avr_extint.h>
#include <avr_flash.h>
#include <avr_ioport.h>
#include <avr_uart.h>
#include <avr_watchdog.h>
#include <sim_avr.h>
#include <sim_core.h>
#include <sim_cycle_timers.h>
#include <sim_interrupts.h>
}

namespace fake {
namespace {

DEFINE_FIFO(uint16_t, uart_fifo);

// As many cycles as simavr runs before it looks at anything else: 2 us.
constexpr avr_cycle_count_t burst = 32;
// And as many as it sleeps at once: 50 us. Nothing changes in a sleep but by a timer of simavr's.
constexpr avr_cycle_count_t longest_sleep = 737;

// simavr begins a burst anew whenever a timer is set, as each `wdr` does: firmware that feeds its
// watchdog without pause would never be left. So one `wdr` in 70 us is heard, and the watchdog may
// bark by as much too early; the oscillator of a real one is off by a tenth.
constexpr avr_cycle_count_t deaf_to_wdr = 1024;
constexpr uint8_t status_flags[]{0x01, 0x02, 0x04,
                                 0x08};  // of MCUSR, by Reset: PORF, EXTRF, BORF, WDRF

void log_nothing(avr_t*, int, char const*, va_list) {}
void sleep_no_wall_time(avr_t*, avr_cycle_count_t) {}  // as simavr's own does

}  // namespace

struct Mcu::Inside {
    // The first in simavr's list of modules, so that resets and SPM come here before all others.
    struct Module {
        avr_io_t io = {};
        Inside* inside = nullptr;
    };
    struct WriteHook {
        std::function<void(std::uint8_t)> hook;
        avr_io_write_t simavrs = nullptr;
        void* parameter = nullptr;
    };
    struct ReadHook {
        std::function<void()> hook;
        avr_io_read_t simavrs = nullptr;
        void* parameter = nullptr;
    };

    avr_t* avr = nullptr;
    avr_uart_t* uart = nullptr;
    std::uint8_t* eeprom = nullptr;
    avr_run_t usual_run = nullptr;
    Module module;
    Reset cause = Reset::power_on;
    std::uint8_t status = status_flags[0];  // MCUSR as it was before a reset clears all registers
    avr_cycle_count_t halted_until = 0;
    avr_cycle_count_t wdr_heard = 0;
    bool was_just_reset = true;
    std::deque<WriteHook> write_hooks;
    std::deque<ReadHook> read_hooks;
    std::vector<std::function<void(Reset)>> reset_hooks;
    std::function<void()> spm_hook;
    std::function<void(std::uint8_t)> output_hook;

    void was_reset();
    void poll_no_levels() const;
    void sleep_on();
    avr_irq_t* irq(std::uint32_t group, int index) const {
        return avr_io_getirq(avr, group, index);
    }

    static void reset(avr_io_t* io) { reinterpret_cast<Module*>(io)->inside->was_reset(); }
    static int ioctl(avr_io_t* io, std::uint32_t what, void*) {
        auto* inside = reinterpret_cast<Module*>(io)->inside;
        if (what == AVR_IOCTL_FLASH_SPM && inside->spm_hook) {
            inside->spm_hook();
            return 0;
        }
        if (what == AVR_IOCTL_WATCHDOG_RESET) {
            if (inside->avr->cycle < inside->wdr_heard + deaf_to_wdr) return 0;
            inside->wdr_heard = inside->avr->cycle;
        }
        return -1;  // on to simavr's module
    }
    static void write(avr_t*, avr_io_addr_t, std::uint8_t value, void* hook) {
        static_cast<WriteHook*>(hook)->hook(value);
    }
    static std::uint8_t read(avr_t* avr, avr_io_addr_t address, void* parameter) {
        auto& hook = *static_cast<ReadHook*>(parameter);
        auto const value = hook.simavrs != nullptr ? hook.simavrs(avr, address, hook.parameter)
                                                   : avr->data[address];
        hook.hook();
        return value;
    }
    static avr_cycle_count_t ring(avr_t*, avr_cycle_count_t, void* alarm) {
        static_cast<Alarm*>(alarm)->rings();
        return 0;
    }
    static void output(avr_irq_t*, std::uint32_t value, void* inside) {
        auto const& hook = static_cast<Inside*>(inside)->output_hook;
        if (hook) hook(static_cast<std::uint8_t>(value));
    }
};

// The watchdog's reset comes from within simavr, which says so only by the function that runs next;
// its module adds WDRF after this. Of other flags simavr keeps none, the hardware all.
void Mcu::Inside::was_reset() {
    if (avr->run != usual_run) cause = Reset::watchdog;
    status = static_cast<std::uint8_t>(status | status_flags[static_cast<int>(cause)]);
    avr->data[registers::mcusr] = status;
    avr->run_cycle_limit = burst;
    halted_until = 0;
    was_just_reset = true;
    for (auto const& hook : reset_hooks)
        hook(cause);
}

// Of a low INT0 to INT2 simavr looks at the level in each cycle, enabled or not.
void Mcu::Inside::poll_no_levels() const {
    for (std::uint8_t number = 0; number < 3; ++number)
        avr_extint_set_strict_lvl_trig(avr, number, 0);
}

// simavr itself sleeps two cycles at a time.
void Mcu::Inside::sleep_on() {
    auto const* next = avr->cycle_timers.timer;
    auto end = avr->cycle + longest_sleep;
    if (next != nullptr && next->when < end) end = next->when;
    bool const idle = avr->interrupt_state == 0 && !avr_has_pending_interrupts(avr);
    if (idle && end > avr->cycle + 2) avr->cycle = end - 2;
}

Mcu::Mcu(std::uint32_t first_instruction) : inside_(std::make_unique<Inside>()) {
    auto& in = *inside_;
    avr_global_logger_set(log_nothing);
    in.avr = avr_make_mcu_by_name("atmega1284p");
    if (in.avr == nullptr) throw std::runtime_error{"this libsimavr knows no ATmega1284P"};
    avr_init(in.avr);
    in.avr->frequency = crystal_hertz;
    in.avr->vcc = in.avr->avcc = in.avr->aref = 5000;
    in.avr->reset_pc = in.avr->pc = first_instruction;
    in.avr->sleep = sleep_no_wall_time;
    in.avr->run_cycle_limit = burst;
    in.usual_run = in.avr->run;

    in.module.io.kind = "board";
    in.module.io.reset = Inside::reset;
    in.module.io.ioctl = Inside::ioctl;
    in.module.inside = &in;
    avr_register_io(in.avr, &in.module.io);

    avr_eeprom_desc_t cells = {};
    avr_ioctl(in.avr, AVR_IOCTL_EEPROM_GET, &cells);
    in.eeprom = cells.ee;
    for (auto* io = in.avr->io_port; io != nullptr; io = io->next)
        if (std::strcmp(io->kind, "uart") == 0 && reinterpret_cast<avr_uart_t*>(io)->name == '0')
            in.uart = reinterpret_cast<avr_uart_t*>(io);
    in.poll_no_levels();  // before a pin is driven: it does not stop once it began
    in.uart->flags = 0;   // else it prints what is sent, and sleeps where firmware polls
    avr_irq_register_notify(in.irq(AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), Inside::output,
                            &in);

    // Flags are cleared by writing 0; writing 1 sets none.
    on_write(registers::mcusr,
             [&in](std::uint8_t value) { in.status = in.avr->data[registers::mcusr] &= value; });
}

// avr_terminate() forgets the signals of registers and interrupts, and a test cuts the power often.
Mcu::~Mcu() {
    auto* avr = inside_->avr;
    constexpr int signals_of_register = 9;  // each bit, and all
    for (auto& place : avr->io)
        avr_free_irq(place.irq, signals_of_register);
    avr_terminate(avr);
    for (int i = 0; i < avr->irq_pool.count; ++i)
        avr_free_irq(avr->irq_pool.irq[i], 1);
    std::free(avr->irq_pool.irq);
    std::free(avr);
}

void Mcu::run() {
    auto* avr = inside_->avr;
    bool const halted = inside_->halted_until > avr->cycle;
    if (!halted && avr->state == cpu_Stopped) avr->state = cpu_Running;
    if (avr->state != cpu_Running && avr->state != cpu_Sleeping) avr->cycle += burst;
    if (avr->state == cpu_Sleeping) inside_->sleep_on();
    avr_run(avr);
    inside_->status = avr->data[registers::mcusr];
    if (std::exchange(inside_->was_just_reset, false)) inside_->poll_no_levels();
}

Cycles Mcu::now() const { return Cycles{static_cast<std::int64_t>(inside_->avr->cycle)}; }

void Mcu::reset(Reset cause) {
    inside_->cause = cause;
    avr_reset(inside_->avr);
    inside_->poll_no_levels();
}

void Mcu::halt_for(Cycles cycles) {
    auto* avr = inside_->avr;
    inside_->halted_until = avr->cycle + static_cast<avr_cycle_count_t>(cycles.count());
    avr->state = cpu_Stopped;  // also ends the burst
}

bool Mcu::has_crashed() const { return inside_->avr->state == cpu_Crashed; }
std::uint32_t Mcu::program_counter() const { return inside_->avr->pc; }
std::uint8_t& Mcu::data(Address address) { return inside_->avr->data[address]; }
std::uint8_t Mcu::data(Address address) const { return inside_->avr->data[address]; }
std::span<std::uint8_t> Mcu::flash() { return {inside_->avr->flash, flash_size}; }
std::span<std::uint8_t> Mcu::eeprom() { return {inside_->eeprom, eeprom_size}; }

void Mcu::set(Alarm& alarm, Cycles from_now) {
    avr_cycle_timer_register(inside_->avr, static_cast<avr_cycle_count_t>(from_now.count()),
                             Inside::ring, &alarm);
}

void Mcu::on_write(Address address, std::function<void(std::uint8_t)> hook) {
    auto& place = inside_->avr->io[AVR_DATA_TO_IO(address)].w;
    auto& kept =
        inside_->write_hooks.emplace_back(Inside::WriteHook{std::move(hook), place.c, place.param});
    place.c = Inside::write;
    place.param = &kept;
}

void Mcu::write_through(Address address, std::uint8_t value) {
    auto* avr = inside_->avr;
    auto const& place = avr->io[AVR_DATA_TO_IO(address)].w;
    if (place.c != Inside::write) throw std::logic_error{"no hook there"};
    auto const& hook = *static_cast<Inside::WriteHook*>(place.param);
    if (hook.simavrs != nullptr)
        hook.simavrs(avr, address, value, hook.parameter);
    else
        avr->data[address] = value;
}

void Mcu::after_read(Address address, std::function<void()> hook) {
    auto& place = inside_->avr->io[AVR_DATA_TO_IO(address)].r;
    auto& kept =
        inside_->read_hooks.emplace_back(Inside::ReadHook{std::move(hook), place.c, place.param});
    place.c = Inside::read;
    place.param = &kept;
}

void Mcu::on_spm(std::function<void()> hook) { inside_->spm_hook = std::move(hook); }
void Mcu::on_reset(std::function<void(Reset)> hook) {
    inside_->reset_hooks.push_back(std::move(hook));
}

void Mcu::set_pin(int port, int bit, bool high) {
    avr_raise_irq(inside_->irq(AVR_IOCTL_IOPORT_GETIRQ('A' + port), bit), high ? 1 : 0);
}

void Mcu::forget_pin_levels(int port) {
    for (int bit = 0; bit < 8; ++bit)
        inside_->irq(AVR_IOCTL_IOPORT_GETIRQ('A' + port), bit)->flags |= IRQ_FLAG_INIT;
}

void Mcu::set_driven_from_outside(int port, std::uint8_t mask, std::uint8_t levels) {
    avr_ioport_external_t outside = {};
    outside.name = static_cast<unsigned>('A' + port) & 0x7FU;
    outside.mask = mask;
    outside.value = levels;
    avr_ioctl(inside_->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('A' + port), &outside);
}

void Mcu::set_millivolts(int channel, std::uint32_t millivolts) {
    avr_raise_irq(inside_->irq(AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0 + channel), millivolts);
}

void Mcu::on_uart_output(std::function<void(std::uint8_t)> hook) {
    inside_->output_hook = std::move(hook);
}

bool Mcu::uart_listens() const { return avr_regbit_get(inside_->avr, inside_->uart->rxen) != 0; }
int Mcu::uart_unread() const {
    return static_cast<int>(uart_fifo_get_read_size(&inside_->uart->input));
}

void Mcu::uart_put(std::uint8_t byte) {
    uart_fifo_write(&inside_->uart->input, byte);
    uart_tell_unread();
}

void Mcu::uart_tell_unread() {
    // simavr's own measure against firmware that reads too fast: this rate is kept by our line.
    inside_->uart->rx_cnt = 0;
    inside_->uart->rxc_raise_time = 0;
    if (uart_unread() != 0) avr_raise_interrupt(inside_->avr, &inside_->uart->rxc);
}

void Mcu::uart_tell_empty() {
    if (inside_->uart->tx_cnt == 0) avr_regbit_set(inside_->avr, inside_->uart->udrc.raised);
}

void Mcu::uart_tell_overrun() { avr_regbit_set(inside_->avr, inside_->uart->dor); }

void Mcu::uart_correct_byte_time() {
    inside_->uart->cycles_per_byte = inside_->uart->cycles_per_byte / 11 * 10;
}

}  // namespace fake
