// What the board's pins are to do. Made so that all zero is what a dead board does: the PC and the
// reader keep their power.
#pragma once

#include "firmware/core/lights.hpp"
#include "firmware/protocol/frame.hpp"

namespace supervisor {

struct Outputs {
    bool cut_pc;      // the relay is energised
    bool cut_reader;  // the USB switch is off
    Colour slot;
    Lamps lamps;
    uint8_t backlight;  // percent
    bool enter_loader;  // all is said and saved: start anew, in the boot loader
};

// To the PC. Never waits; what there is no room for is lost, and asked for again.
class Line {
  public:
    virtual void send(Frame const& frame) = 0;

  protected:
    ~Line() = default;
};

}  // namespace supervisor
