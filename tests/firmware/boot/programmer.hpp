// What avrdude says to the boot loader, in simulated time and in whatever order a test wants.
#pragma once

#include "tests/fakes/board/board.hpp"

#include <optional>

namespace supervisor_tests {

class Programmer {
  public:
    explicit Programmer(fake::Board& board) : board_(board) {}

    // Asks as often as avrdude would, until it is answered.
    bool sync(fake::Span limit = std::chrono::seconds{2});
    // What stands between IN_SYNC and OK; nothing when it was answered otherwise or not at all.
    std::optional<base::Bytes> ask(base::Bytes const& command, std::size_t size = 0);
    bool enter() { return ask({0x50}).has_value(); }
    bool leave() { return ask({0x51}).has_value(); }
    bool program(std::uint32_t address, fake::Page const& page);
    std::optional<base::Bytes> read(std::uint32_t address, std::size_t size);

    // All of it, and verified.
    bool update(fake::Image const& image);

    // Each 2 us in which it waits for the board.
    std::function<void()> while_waiting;

  private:
    bool load_address(std::uint32_t address);
    base::Bytes hear(std::size_t size, fake::Span limit);

    fake::Board& board_;
};

}  // namespace supervisor_tests
