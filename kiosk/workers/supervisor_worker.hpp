// The thread that speaks with the supervision board: it passes on what the board sees, shows what
// the app wants shown, and beats for as long as the UI thread is alive.
//
// A beat goes out only after the UI thread answered a ping. When it hangs, the board asks for a
// restart after 30 s; the program ends itself then, and only if that brings no beat back either
// does the board cut the power of the PC.
#pragma once

#include "drivers/supervisor/board.hpp"
#include "kiosk/workers/facts.hpp"
#include "kiosk/workers/mailbox.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <thread>
#include <variant>

namespace workers {

class SupervisorWorker {
  public:
    struct Options {
        std::filesystem::path port;
        std::uint32_t boot_id = 0;  // the same for each program of one start of the PC
        std::chrono::milliseconds between_pings{5000};
        std::chrono::milliseconds between_tries{5000};  // to find a board that is away
        // The UI thread hangs and the board wants a restart. On this thread; ends the program.
        std::function<void()> hangs;
    };

    // Posts to `facts`, which must outlive this object.
    SupervisorWorker(Options options, Mailbox<Fact>& facts);
    // Tells the board that silence means nothing from now on, and ends the thread; a board that
    // does not answer keeps it for a second or two.
    ~SupervisorWorker();

    void pong();
    // Said anew to a board that comes back.
    void show(supervisor::SlotLight slot, supervisor::StatusLight status);
    void dim(int percent);
    // Is answered by one ReaderPowerCycled.
    void cycle_reader();

  private:
    struct Pong {};
    struct Show {
        supervisor::SlotLight slot;
        supervisor::StatusLight status;
    };
    struct Dim {
        int percent;
    };
    struct CycleReader {};
    struct Stop {};
    using Order = std::variant<Pong, Show, Dim, CycleReader, Stop>;
    class Conversation;

    // What the board is to show, whenever it is there.
    struct Wanted {
        Show lights{supervisor::SlotLight::off, supervisor::StatusLight::out};
        Dim backlight{100};
        bool stop = false;
    };

    void run(Options const& options, Mailbox<Fact>& facts);
    void wait_without_board(Instant until, Wanted& wanted, Mailbox<Fact>& facts);

    Mailbox<Order> orders_;
    std::thread thread_;
};

}  // namespace workers
