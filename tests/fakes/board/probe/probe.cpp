// Firmware that does one thing for each byte it is sent, so that the tests can see the emulated
// board do it. It answers when it is done.
#include <avr/boot.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include <stdint.h>

namespace {

// Above the variables, and untouched by the start: whether SRAM outlived a reset.
uint8_t remembered __attribute__((section(".noinit")));

void send(uint8_t byte) {
    while ((UCSR0A & _BV(UDRE0)) == 0) {
    }
    UDR0 = byte;
}

uint8_t receive() {
    while ((UCSR0A & _BV(RXC0)) == 0) {
    }
    return UDR0;
}

void begin_eeprom_write() {
    EEAR = receive();
    EEDR = receive();
    EECR = _BV(EEMPE);
    EECR = _BV(EEMPE) | _BV(EEPE);
}

uint8_t read_eeprom(uint16_t address) {
    EEAR = address;
    EECR |= _BV(EERE);
    return EEDR;
}

void wait_for_eeprom() {
    while ((EECR & _BV(EEPE)) != 0) {
    }
}

uint8_t measure(uint8_t channel) {
    ADMUX = static_cast<uint8_t>(_BV(REFS0) | _BV(ADLAR) | channel);
    ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
    while ((ADCSRA & _BV(ADSC)) != 0) {
    }
    return ADCH;
}

void change_page(uint32_t page, uint8_t with) {
    boot_page_erase(page);
    boot_spm_busy_wait();
    for (uint16_t i = 0; i < SPM_PAGESIZE; i += 2)
        boot_page_fill(page + i, static_cast<uint16_t>(with | with << 8));
    boot_page_write(page);
    boot_spm_busy_wait();
}

void sleep_a_millisecond() {
    for (uint16_t i = 0; i < F_CPU / 1000 / 4; ++i)
        asm volatile("");  // four cycles with the loop
}

void obey(uint8_t command) {
    switch (command) {
    case '?': return send(MCUSR);
    case 'c': MCUSR = 0; return send('c');
    case 'm': remembered = receive(); return send('m');
    case 'M': return send(remembered);
    case 'w':
        wdt_enable(WDTO_30MS);
        for (;;)
            asm volatile("");
    case 'e':
        begin_eeprom_write();
        wait_for_eeprom();
        return send('e');
    case 'E': begin_eeprom_write(); return send('E');
    case 'x': return send(read_eeprom(receive()));
    case 'X': wait_for_eeprom(); return send('X');
    case 'p':
        DDRB |= _BV(PB0);
        PORTB |= _BV(PB0);
        return send('p');
    case 'P': PORTB &= static_cast<uint8_t>(~_BV(PB0)); return send('P');
    case 'u': PORTA = 0xFF; return send('u');
    case 'a': return send(PINA);
    case 'v': return send(measure(receive()));
    case 'l':
        DDRB |= _BV(PB3);
        OCR0A = receive();
        TCCR0A = _BV(COM0A1) | _BV(WGM01) | _BV(WGM00);
        TCCR0B = _BV(CS01);
        return send('l');
    case 'f':
        change_page(0x1000, receive());
        boot_rww_enable();
        return send('f');
    case 'F': change_page(0x1000, receive()); return send('F');
    case 's': sleep_a_millisecond(); return send('s');
    default: return send(command);
    }
}

}  // namespace

int main() {
    wdt_reset();
    // A watchdog's reset leaves it running, at its shortest.
    auto const why = MCUSR;
    MCUSR = static_cast<uint8_t>(why & ~_BV(WDRF));
    wdt_disable();
    UBRR0 = 7;
    UCSR0B = _BV(RXEN0) | _BV(TXEN0);
    send(why);
    for (;;)
        obey(receive());
}
