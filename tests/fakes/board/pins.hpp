// The pins of the ports A to D: what drives them from outside, and what firmware does with them.
#pragma once

#include "tests/fakes/board/mcu.hpp"

#include <array>
#include <functional>
#include <map>
#include <vector>

namespace fake {

struct Pin {
    char port;  // 'A' to 'D'
    int bit;
    auto operator<=>(Pin const&) const = default;
};

// By the MCU. All pins float in a reset and until firmware decides.
enum class Drive : std::uint8_t { floating, pulled_up, low, high };
struct Edge {
    Time at;
    Drive drive;
};

enum class PwmOutput : std::uint8_t { oc0a_pb3, oc0b_pb4, oc2a_pd7, oc2b_pd6 };
struct Pwm {
    bool running;        // the timer has a clock
    bool connected;      // the pin follows the timer rather than its port
    bool inverted;       // set at compare rather than cleared
    std::uint8_t mode;   // WGM: 1 phase correct, 3 fast, 5 and 7 with OCRA as top
    std::uint8_t value;  // OCRx
};

class Pins {
  public:
    // What the pins are told, and when they changed, outlives the power.
    struct Outside {
        std::map<Pin, bool> driven;
        std::array<std::uint32_t, 8> millivolts{};
        std::map<Pin, std::vector<Edge>> edges;
    };
    Pins(Mcu& mcu, Outside& outside, std::function<Time()> now);

    void drive(Pin pin, bool high);
    void release(Pin pin);
    void set_millivolts(int channel, std::uint32_t millivolts);
    Drive output(Pin pin) const;
    Pwm pwm(PwmOutput output) const;

  private:
    struct Port {
        std::uint8_t direction = 0;
        std::uint8_t value = 0;
    };
    static Drive drive_of(Port port, int bit);
    Port port_now(int port) const;
    void look_at(int port);
    void apply(int port);

    Mcu& mcu_;
    Outside& outside_;
    std::function<Time()> now_;
    std::array<Port, 4> seen_{};
};

}  // namespace fake
