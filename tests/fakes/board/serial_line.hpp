// The line at UART0: 115200 baud, 8N1, a byte each 86.8 us, and a receiver that holds two bytes and
// a third that is arriving. simavr's own receiver holds 64, and forgives firmware that is late.
#pragma once

#include "tests/fakes/board/mcu.hpp"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace fake {

class SerialLine {
  public:
    SerialLine(Mcu& mcu, std::vector<std::string>& complaints);

    void send(std::uint8_t byte);
    std::size_t unsent() const { return to_board_.size(); }
    std::int64_t overruns() const { return overruns_; }
    // Each byte from the board, as it is given to the transmitter.
    std::function<void(std::uint8_t)> on_byte;

  private:
    void byte_time_is_over();
    void watch();
    bool speaks_the_rate() const;

    Mcu& mcu_;
    std::vector<std::string>& complaints_;
    std::deque<std::uint8_t> to_board_;
    std::int64_t overruns_ = 0;
    bool watches_ = false;
    Mcu::Alarm tick_;
};

}  // namespace fake
