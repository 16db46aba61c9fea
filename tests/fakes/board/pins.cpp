#include "tests/fakes/board/pins.hpp"

#include <utility>

namespace fake {
namespace {

constexpr int ports = 4;
constexpr Address pin_register(int port) {
    return static_cast<Address>(registers::pin_a + 3 * port);
}
constexpr Address direction_register(int port) {
    return static_cast<Address>(pin_register(port) + 1);
}
constexpr Address port_register(int port) { return static_cast<Address>(pin_register(port) + 2); }
constexpr std::uint8_t mask_of(int bit) { return static_cast<std::uint8_t>(1 << bit); }

}  // namespace

Pins::Pins(Mcu& mcu, Outside& outside, std::function<Time()> now)
    : mcu_(mcu), outside_(outside), now_(std::move(now)) {
    for (int port = 0; port < ports; ++port) {
        for (auto const address :
             {pin_register(port), direction_register(port), port_register(port)})
            mcu_.on_write(address, [this, port, address](std::uint8_t value) {
                mcu_.write_through(address, value);
                look_at(port);
            });
        apply(port);
    }
    for (int channel = 0; std::cmp_less(channel, outside_.millivolts.size()); ++channel)
        set_millivolts(channel, outside_.millivolts[static_cast<std::size_t>(channel)]);
    mcu_.on_reset([this](Reset) {
        for (int port = 0; port < ports; ++port) {
            look_at(port);
            mcu_.forget_pin_levels(port);
            apply(port);
        }
    });
}

void Pins::drive(Pin pin, bool high) {
    outside_.driven[pin] = high;
    apply(pin.port - 'A');
}

void Pins::release(Pin pin) {
    outside_.driven.erase(pin);
    apply(pin.port - 'A');
    // Let go, it follows its pull-up; without one it is taken for low.
    mcu_.set_pin(pin.port - 'A', pin.bit, output(pin) == Drive::pulled_up);
}

void Pins::apply(int port) {
    std::uint8_t mask = 0;
    std::uint8_t levels = 0;
    for (auto const& [pin, high] : outside_.driven) {
        if (pin.port - 'A' != port) continue;
        mask |= mask_of(pin.bit);
        if (high) levels |= mask_of(pin.bit);
    }
    mcu_.set_driven_from_outside(port, mask, levels);
    for (int bit = 0; bit < 8; ++bit)
        if ((mask & mask_of(bit)) != 0) mcu_.set_pin(port, bit, (levels & mask_of(bit)) != 0);
}

void Pins::set_millivolts(int channel, std::uint32_t millivolts) {
    outside_.millivolts.at(static_cast<std::size_t>(channel)) = millivolts;
    mcu_.set_millivolts(channel, millivolts);
}

Pins::Port Pins::port_now(int port) const {
    return {mcu_.data(direction_register(port)), mcu_.data(port_register(port))};
}

Drive Pins::drive_of(Port port, int bit) {
    bool const high = (port.value & mask_of(bit)) != 0;
    if ((port.direction & mask_of(bit)) != 0) return high ? Drive::high : Drive::low;
    return high ? Drive::pulled_up : Drive::floating;
}

Drive Pins::output(Pin pin) const { return drive_of(port_now(pin.port - 'A'), pin.bit); }

void Pins::look_at(int port) {
    auto const now = port_now(port);
    auto const before = std::exchange(seen_[static_cast<std::size_t>(port)], now);
    for (int bit = 0; bit < 8; ++bit) {
        auto const drive = drive_of(now, bit);
        if (drive != drive_of(before, bit))
            outside_.edges[{static_cast<char>('A' + port), bit}].push_back({now_(), drive});
    }
}

Pwm Pins::pwm(PwmOutput output) const {
    bool const second_timer = output == PwmOutput::oc2a_pd7 || output == PwmOutput::oc2b_pd6;
    bool const second_channel = output == PwmOutput::oc0b_pb4 || output == PwmOutput::oc2b_pd6;
    auto const a = mcu_.data(second_timer ? registers::tccr2a : registers::tccr0a);
    auto const b = mcu_.data(second_timer ? registers::tccr2b : registers::tccr0b);
    auto const compare = (second_channel ? a >> 4 : a >> 6) & 3;
    auto const value = second_timer ? (second_channel ? registers::ocr2b : registers::ocr2a)
                                    : (second_channel ? registers::ocr0b : registers::ocr0a);
    return {.running = (b & 0x07) != 0,
            .connected = compare != 0,
            .inverted = compare == 3,
            .mode = static_cast<std::uint8_t>((a & 0x03) | (b & 0x08) >> 1),
            .value = mcu_.data(value)};
}

}  // namespace fake
