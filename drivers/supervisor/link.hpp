// Questions and answers over the serial line. A question has its answer in time or is asked again,
// with the same sequence number: the board carries it out once. What the board says unasked is kept
// until somebody takes it.
#pragma once

#include "drivers/supervisor/serial_port.hpp"
#include "firmware/protocol/fields.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace supervisor {

class Link {
  public:
    explicit Link(SerialPort port) : port_(std::move(port)) {}

    // The answer's frame. Errc::timed_out when three questions had none; Errc::refused when the
    // board says no, with its Refusal in words; Errc::connection_lost when the port is gone.
    base::Result<Frame> ask(Request request, base::ByteView payload = {});

    // Waits for something unasked, at most this long.
    base::Result<void> listen(std::chrono::milliseconds timeout);
    std::vector<Frame> take_notices() { return std::exchange(notices_, {}); }

    int descriptor() const { return port_.descriptor(); }

  private:
    using Clock = std::chrono::steady_clock;

    base::Result<std::optional<Frame>> answer_to(Frame const& question, Clock::time_point until);
    void keep_notice(Frame const& frame);

    SerialPort port_;
    FrameReader reader_;
    std::vector<Frame> notices_;
    std::uint8_t sequence_ = 0;
};

}  // namespace supervisor
