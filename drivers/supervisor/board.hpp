// The supervision board as its PC knows it: greeted once, then asked. Blocks for at most three
// quarters of a second a question, so it belongs to a thread of its own.
#pragma once

#include "drivers/supervisor/link.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace supervisor {

using CounterValues = std::array<std::uint32_t, counter_count>;

class Board {
  public:
    // Opens the port and says hello. `boot_id` is the same for each program of one start of the PC.
    // A board of another protocol is no error here: it must still be flashed.
    static base::Result<Board> open(std::filesystem::path const& port, std::uint32_t boot_id);

    Greeting const& greeting() const { return greeting_; }
    bool speaks_our_protocol() const { return greeting_.protocol == protocol_version; }
    // Again, after Notice::started.
    base::Result<void> greet();

    base::Result<void> arm() { return done(link_.ask(Request::arm)); }
    base::Result<void> disarm(Leaving leaving);
    base::Result<Status> beat() { return status_by(Request::beat); }
    base::Result<Status> status() { return status_by(Request::status); }
    base::Result<void> cycle_power() { return done(link_.ask(Request::power_cycle)); }
    base::Result<void> cycle_reader() { return done(link_.ask(Request::reader_cycle)); }
    base::Result<void> show(SlotLight slot, StatusLight status);
    base::Result<void> dim(int percent);
    base::Result<CounterValues> counters();
    // From this sequence on, all that are still there.
    base::Result<std::vector<EventRecord>> events(std::uint32_t first = 1);
    base::Result<void> clear_fault() { return done(link_.ask(Request::clear_fault)); }
    base::Result<void> enter_loader() { return done(link_.ask(Request::boot_loader)); }

    base::Result<void> listen(std::chrono::milliseconds timeout) { return link_.listen(timeout); }
    std::vector<Frame> take_notices() { return link_.take_notices(); }
    int descriptor() const { return link_.descriptor(); }

  private:
    Board(Link link, std::uint32_t boot_id) : link_(std::move(link)), boot_id_(boot_id) {}

    static base::Result<void> done(base::Result<Frame> const& answer);
    base::Result<Status> status_by(Request request);

    Link link_;
    std::uint32_t boot_id_;
    Greeting greeting_{};
};

}  // namespace supervisor
