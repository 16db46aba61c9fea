// The reader that a virtual card is put into, whatever the protocol by which it is reached. It is
// reached again by itself when what plays it restarts, and then has the card in it as before.
#pragma once

#include "drivers/base/bytes.hpp"

#include <chrono>
#include <optional>
#include <vector>

#include <poll.h>

namespace simulator {

class Reader {
  public:
    using Clock = std::chrono::steady_clock;

    struct Contact {
        base::Bytes atr;    // 2 to 33 bytes
        bool mute = false;  // there, but without an answer to reset
    };

    struct Event {
        enum class Kind : std::uint8_t {
            powered_up,   // or reset
            powered_off,  // or the reader was lost: whoever owes it an answer may forget it
            command,
        };
        Kind kind;
        base::Bytes apdu = {};  // of a command: 1 byte or more
    };

    virtual ~Reader() = default;

    // The reader is empty; and the card leaves it again.
    virtual void insert(Contact contact, Clock::time_point now) = 0;
    virtual void remove() = 0;

    // Whether the other side knows of the card in it.
    virtual bool connected() const = 0;

    // For the owner's poll(): the descriptor, and when to call serve() at the latest.
    virtual void add_to(std::vector<pollfd>& polled) const = 0;
    virtual std::optional<Clock::time_point> deadline() const = 0;
    virtual void serve(Clock::time_point now) = 0;

    // What came, one after the other; call after serve(), until there is nothing.
    virtual std::optional<Event> next(Clock::time_point now) = 0;

    // To the last command: the card's answer, at least one byte; or that the reader waits no
    // longer.
    virtual void answer(base::ByteView response) = 0;
    virtual void give_up(Clock::time_point now) = 0;
};

// How often one that is not reached is tried again.
inline constexpr std::chrono::milliseconds retry_interval{50};

}  // namespace simulator
