#include "kiosk/workers/supervisor_worker.hpp"

#include "drivers/supervisor/names.hpp"
#include "firmware/version.hpp"

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <poll.h>

namespace workers {

using base::Error;
using base::Result;
using supervisor::Board;
using supervisor::Input;
using supervisor::Notice;
using supervisor::Problem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

// The board takes two seconds for it.
constexpr auto longest_reader_cycle = 5s;

bool has(std::uint8_t bits, Input input) { return (bits & static_cast<std::uint8_t>(input)) != 0; }
bool has(std::uint8_t bits, Problem problem) {
    return (bits & static_cast<std::uint8_t>(problem)) != 0;
}

// Until one of them is readable or the moment has come.
void wait_for(std::array<int, 2> descriptors, Clock::time_point until) {
    std::array ready{pollfd{descriptors[0], POLLIN, 0}, pollfd{descriptors[1], POLLIN, 0}};
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    ::poll(ready.data(), ready.size(), static_cast<int>(std::max(left, 0ms).count()));
}

std::string describe(supervisor::Greeting const& greeting) {
    return "firmware " + name(greeting.firmware) + ", board started by " + name(greeting.reset) +
           ", PC started: " + name(greeting.pc_start);
}

}  // namespace

// With one board, from its greeting until it is lost.
class SupervisorWorker::Conversation {
  public:
    Conversation(Board board, Options const& options, Mailbox<Order>& orders, Mailbox<Fact>& facts,
                 Wanted& wanted)
        : board_(std::move(board)), options_(options), orders_(orders), facts_(facts),
          wanted_(wanted) {}

    // What ended it; nothing when the thread should stop.
    std::optional<Error> run() {
        auto going = begin();
        while (going && !wanted_.stop) {
            wait_for({board_.descriptor(), orders_.descriptor()}, next_due());
            going = turn();
        }
        if (cycle_until_) facts_.post(ReaderPowerCycled{false});
        if (!going) return going.error();
        // Who closes in good order may be silent afterwards.
        if (armed_) static_cast<void>(board_.disarm(supervisor::Leaving::restart));
        return std::nullopt;
    }

  private:
    Result<void> begin() {
        auto const& greeting = board_.greeting();
        if (!board_.speaks_our_protocol())
            return base::failure(base::Errc::conflict,
                                 "the board's firmware " + name(greeting.firmware) +
                                     " speaks another protocol: dmp-supervisor update");
        facts_.post(SupervisorReady{describe(greeting)});
        if (!(greeting.firmware == supervisor::firmware_version))
            warn("the board has firmware " + name(greeting.firmware) + ", this image carries " +
                 name(supervisor::firmware_version) + ": dmp-supervisor update");
        levels_.reset();
        problems_ = 0;
        if (auto shown = board_.show(wanted_.lights.slot, wanted_.lights.status); !shown)
            return shown;
        if (auto dimmed = board_.dim(wanted_.backlight.percent); !dimmed) return dimmed;
        if (auto armed = arm(); !armed) return armed;
        return look();
    }

    // A board in a fault refuses: the kiosk goes on, and staff must come with the key.
    Result<void> arm() {
        auto armed = board_.arm();
        armed_ = armed.has_value();
        if (armed || armed.error().code != base::Errc::refused) return armed;
        warn("the board does not watch this PC: three power cuts in an hour did not help; turn the "
             "staff's key and run dmp-supervisor clear-fault");
        return {};
    }

    Clock::time_point next_due() const {
        return cycle_until_ ? std::min(ping_at_, *cycle_until_) : ping_at_;
    }

    Result<void> turn() {
        for (auto const& order : orders_.take())
            if (auto done = std::visit([&](auto const& one) { return carry_out(one); }, order);
                !done)
                return done;
        if (auto heard = board_.listen(0ms); !heard) return heard;
        for (auto const& notice : board_.take_notices())
            if (auto taken = take(notice); !taken) return taken;
        auto const now = Clock::now();
        if (cycle_until_ && now >= *cycle_until_) end_cycle(false);
        if (now >= ping_at_) {
            ping_at_ = now + options_.between_pings;
            if (!std::exchange(asked_, true)) facts_.post(Ping{});
        }
        return {};
    }

    Result<void> carry_out(Pong const&) {
        asked_ = false;
        return beat();
    }
    Result<void> carry_out(Show const& lights) {
        wanted_.lights = lights;
        return board_.show(lights.slot, lights.status);
    }
    Result<void> carry_out(Dim const& backlight) {
        wanted_.backlight = backlight;
        return board_.dim(backlight.percent);
    }
    Result<void> carry_out(CycleReader const&) {
        auto cycled = board_.cycle_reader();
        if (!cycled) {
            facts_.post(ReaderPowerCycled{false});
            if (cycled.error().code == base::Errc::refused) return {};
            return cycled;
        }
        cycle_until_ = Clock::now() + longest_reader_cycle;
        return {};
    }
    Result<void> carry_out(Stop const&) {
        wanted_.stop = true;
        return {};
    }

    Result<void> beat() {
        auto status = board_.beat();
        if (!status) return base::failure(status.error());
        take(*status);
        return {};
    }

    Result<void> look() {
        auto status = board_.status();
        if (!status) return base::failure(status.error());
        take(*status);
        return {};
    }

    Result<void> take(supervisor::Frame const& notice) {
        // One was lost: the status says all that it could have said.
        bool const gap = notice_ && notice.sequence != static_cast<std::uint8_t>(*notice_ + 1);
        notice_ = notice.sequence;
        std::uint8_t const value = notice.size > 0 ? notice.payload[0] : std::uint8_t{0};
        switch (static_cast<Notice>(notice.type)) {
        case Notice::started: return begin_again();
        case Notice::inputs: take_levels(value); break;
        case Notice::restart_wanted:
            if (asked_) {
                options_.hangs();
                break;
            }
            return beat();  // alive, and merely late
        case Notice::reader_power:
            if (value != 0) end_cycle(true);
            break;
        case Notice::fault: warn("three power cuts in an hour did not help this PC"); break;
        case Notice::out_of_range: return look();
        }
        if (gap) return look();
        return {};
    }

    Result<void> begin_again() {
        if (auto greeted = board_.greet(); !greeted) return greeted;
        warn("the board started anew: " + describe(board_.greeting()));
        return begin();
    }

    void take(supervisor::Status const& status) {
        auto const fresh = static_cast<std::uint8_t>(status.problems & ~problems_);
        if (has(fresh, Problem::supply))
            warn("the PC's supply is at " + std::to_string(status.supply) + " mV");
        if (has(fresh, Problem::heat))
            warn("the cabinet is at " + std::to_string(status.temperature / 10) + " degrees");
        if (has(fresh, Problem::presence_sensor))
            warn("the presence sensor is unplugged or broken");
        bool const sensor_changed = has(status.problems ^ problems_, Problem::presence_sensor);
        problems_ = status.problems;
        if (sensor_changed && levels_) levels_->presence_told = false;
        take_levels(status.inputs);
    }

    // All of them the first time, then those that changed.
    void take_levels(std::uint8_t inputs) {
        bool const first = !levels_;
        auto const before = levels_.value_or(Levels{});
        levels_ = {inputs, true};
        auto const news = [&](Input input) { return first || has(before.inputs ^ inputs, input); };
        if (news(Input::presence) || !before.presence_told)
            facts_.post(PresenceLevel{has(problems_, Problem::presence_sensor)
                                          ? std::nullopt
                                          : std::optional{has(inputs, Input::presence)}});
        if (news(Input::door_open)) facts_.post(DoorLevel{has(inputs, Input::door_open)});
        if (news(Input::tilted)) facts_.post(TiltLevel{has(inputs, Input::tilted)});
        if (news(Input::key_turned)) facts_.post(KeySwitchLevel{has(inputs, Input::key_turned)});
        if (news(Input::headphones)) facts_.post(HeadphonesLevel{has(inputs, Input::headphones)});
    }

    void end_cycle(bool done) {
        if (cycle_until_) facts_.post(ReaderPowerCycled{done});
        cycle_until_.reset();
    }

    void warn(std::string text) { facts_.post(SupervisorWarning{std::move(text)}); }

    struct Levels {
        std::uint8_t inputs = 0;
        bool presence_told = true;  // as the sensor is now
    };

    Board board_;
    Options const& options_;
    Mailbox<Order>& orders_;
    Mailbox<Fact>& facts_;
    Wanted& wanted_;
    std::optional<Levels> levels_;
    std::uint8_t problems_ = 0;
    std::optional<std::uint8_t> notice_;  // the sequence of the last
    bool armed_ = false;
    bool asked_ = false;  // a ping has had no pong yet
    Clock::time_point ping_at_ = Clock::now();
    std::optional<Clock::time_point> cycle_until_;
};

SupervisorWorker::SupervisorWorker(Options options, Mailbox<Fact>& facts)
    : thread_([this, options = std::move(options), &facts] { run(options, facts); }) {}

SupervisorWorker::~SupervisorWorker() {
    orders_.post(Stop{});
    thread_.join();
}

void SupervisorWorker::pong() { orders_.post(Pong{}); }
void SupervisorWorker::show(supervisor::SlotLight slot, supervisor::StatusLight status) {
    orders_.post(Show{slot, status});
}
void SupervisorWorker::dim(int percent) { orders_.post(Dim{percent}); }
void SupervisorWorker::cycle_reader() { orders_.post(CycleReader{}); }

void SupervisorWorker::run(Options const& options, Mailbox<Fact>& facts) {
    Wanted wanted;
    std::string told;  // the loss last reported
    while (!wanted.stop) {
        auto board = Board::open(options.port, options.boot_id);
        std::optional<Error> lost;
        if (board) {
            lost = Conversation{std::move(*board), options, orders_, facts, wanted}.run();
            if (lost && lost->code != base::Errc::conflict) told.clear();
        } else {
            lost = board.error();
        }
        if (!lost) return;
        // The same loss again and again is told once.
        auto const loss = base::describe(*lost);
        if (std::exchange(told, loss) != loss) facts.post(SupervisorLost{*lost});
        wait_without_board(Clock::now() + options.between_tries, wanted, facts);
    }
}

// What is to be shown is remembered, what is to be done is refused.
void SupervisorWorker::wait_without_board(Clock::time_point until, Wanted& wanted,
                                          Mailbox<Fact>& facts) {
    while (!wanted.stop && Clock::now() < until) {
        wait_for({orders_.descriptor(), -1}, until);
        for (auto const& order : orders_.take()) {
            if (auto const* lights = std::get_if<Show>(&order)) wanted.lights = *lights;
            if (auto const* backlight = std::get_if<Dim>(&order)) wanted.backlight = *backlight;
            if (std::holds_alternative<CycleReader>(order)) facts.post(ReaderPowerCycled{false});
            if (std::holds_alternative<Stop>(order)) wanted.stop = true;
        }
    }
}

}  // namespace workers
