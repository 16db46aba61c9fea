// The supervisor's firmware on the emulated board, with the PC's end of its line.
#pragma once

#include "firmware/boot/memory_map.hpp"
#include "firmware/protocol/fields.hpp"
#include "tests/fakes/board/board.hpp"

#include <chrono>
#include <optional>
#include <source_location>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;

inline constexpr fake::Pin relay{'C', 0}, reader_switch{'C', 1}, lamp_green{'B', 0},
    lamp_amber{'B', 1}, lamp_red{'B', 2}, door{'D', 2}, tilt{'D', 3}, key{'D', 4},
    headphones{'D', 5}, backlight{'D', 6};
inline constexpr int distance_channel = 0, supply_channel = 1, temperature_channel = 2;

// What must be for a test to go on; for the bench too, which knows no Catch2.
inline void demand(bool holds, std::source_location where = std::source_location::current()) {
    if (!holds) throw std::runtime_error{"board: line " + std::to_string(where.line())};
}

// Door shut, upright, key away, nobody there, 12.0 V, 25 degrees.
inline void set_quiet(fake::Board& board) {
    board.drive(door, false);
    board.drive(tilt, false);
    board.drive(key, true);
    board.drive(headphones, true);
    board.set_millivolts(distance_channel, 400);
    board.set_millivolts(supply_channel, 2791);
    board.set_millivolts(temperature_channel, 750);
}

inline fake::BoardSetup supervisor_setup(bool with_loader = true, std::uint32_t seed = 1) {
    return {.images = {BOOT_LOADER, SUPERVISOR},
            .boot_section = boot::loader_begin,
            .starts_in_boot_section = with_loader,
            .boot_section_locked = true,
            .seed = seed};
}

class BenchBoard : public fake::Board {
  public:
    // With its loader, or as if the loader had just started the application: it saves half a second
    // of busy listening where a test starts many boards.
    enum class Loader { runs, has_run };

    // It has power, and nothing has run yet.
    explicit BenchBoard(std::uint32_t seed = 1, Loader loader = Loader::runs)
        : Board(supervisor_setup(loader == Loader::runs, seed)), loader_(loader) {
        tell_reset_cause();
        set_quiet(*this);
    }

    // Waits until it says that it started.
    void begin() {
        demand(run_until([this] { return notice(supervisor::Notice::started).has_value(); }, 4s));
    }

    // The power goes now, whatever is under way, and comes back.
    void lose_power(fake::Fate fate) {
        forget();
        cut_power(fate);
        give_power();
        tell_reset_cause();
        begin();
    }

    std::optional<supervisor::Frame> ask(supervisor::Request request,
                                         std::vector<std::uint8_t> const& payload = {}) {
        supervisor::Frame frame{static_cast<std::uint8_t>(request),
                                ++sequence_,
                                static_cast<std::uint8_t>(payload.size()),
                                {}};
        std::copy(payload.begin(), payload.end(), frame.payload);
        supervisor::FrameWriter const writer{frame};
        send({writer.begin(), writer.end()});
        std::optional<supervisor::Frame> answer;
        run_until(
            [&] {
                listen();
                for (auto const& heard : heard_)
                    if ((heard.type & supervisor::answer_bit) != 0 && heard.sequence == sequence_)
                        answer = heard;
                return answer.has_value();
            },
            250ms);
        return answer;
    }
    bool done(supervisor::Request request, std::vector<std::uint8_t> const& payload = {}) {
        auto const answer = ask(request, payload);
        return answer && answer->type != supervisor::not_acknowledged;
    }
    supervisor::Greeting hello(std::uint8_t boot = 1) {
        auto const answer =
            ask(supervisor::Request::hello, {supervisor::protocol_version, boot, 0, 0, 0});
        demand(answer.has_value());
        supervisor::Greeting greeting{};
        demand(supervisor::read(*answer, greeting));
        return greeting;
    }
    supervisor::Status status() {
        auto const answer = ask(supervisor::Request::status);
        demand(answer.has_value());
        supervisor::Status status{};
        demand(supervisor::read(*answer, status));
        return status;
    }
    std::uint32_t counter(supervisor::Counter counter) {
        auto const answer = ask(supervisor::Request::counters);
        demand(answer.has_value());
        supervisor::PayloadReader in{*answer};
        std::uint32_t value = 0;
        for (int i = 0; i <= static_cast<int>(counter); ++i)
            value = in.u32();
        return value;
    }

    // The last notice of this kind since forget().
    std::optional<supervisor::Frame> notice(supervisor::Notice wanted) {
        listen();
        std::optional<supervisor::Frame> found;
        for (auto const& heard : heard_)
            if (heard.type == static_cast<std::uint8_t>(wanted)) found = heard;
        return found;
    }
    void forget() {
        listen();
        heard_.clear();
    }
    // Only while it runs: a board without power drives nothing.
    bool high(fake::Pin pin) const { return output(pin) == fake::Drive::high; }
    bool low(fake::Pin pin) const { return output(pin) == fake::Drive::low; }

  private:
    void tell_reset_cause() {
        constexpr fake::Address gpior0 = 0x3E;
        constexpr std::uint8_t power_on = 0x01;
        if (loader_ == Loader::has_run) set_data(gpior0, power_on);
    }

    void listen() {
        for (auto const byte : take_received())
            if (reader_.take(byte)) heard_.push_back(reader_.frame());
    }

    Loader loader_;
    supervisor::FrameReader reader_;
    std::vector<supervisor::Frame> heard_;
    std::uint8_t sequence_ = 0;
};
