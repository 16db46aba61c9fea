// The serial line to the PC: 115,200 baud, 8N1, a buffer each way.
#pragma once

#include "firmware/core/outputs.hpp"

namespace board {

class Uart : public supervisor::Line {
  public:
    void start();

    // Whole or not at all: a frame for which there is no room would be half of one.
    void send(supervisor::Frame const& frame) override;

    bool take(uint8_t& byte);
    // Everything has left the chip.
    bool quiet() const;
};

}  // namespace board
