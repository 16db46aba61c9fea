// The supervisor's core on a desk, with the PC's end of its line.
#pragma once

#include "firmware/core/supervisor.hpp"

#include "tests/catch.hpp"
#include "tests/firmware/core/memory_of_board.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace supervisor_desk {

using namespace supervisor;

inline constexpr Version version{1, 2, 3};
inline constexpr Span second = 1000;
inline constexpr RawInputs quiet{false, false, false, false, 400, 12000, 250};

struct RecordedLine : Line {
    std::vector<Frame> frames;
    void send(Frame const& frame) override { frames.push_back(frame); }
};

// A board on a desk, with the PC's end of its line.
struct Desk {
    BoardMemory memory;
    RecordedLine line;
    Time now;
    std::optional<Supervisor> board;
    RawInputs raw = quiet;
    Outputs outputs{};
    std::uint8_t sequence = 0;

    explicit Desk(Time start = 0) : now(start) { start_board(BoardReset::power_on); }

    void start_board(BoardReset reset) { board.emplace(memory, line, version, reset, now); }

    void pass(Span span) {
        for (Span passed = 0; passed < span; passed += 10) {
            now += 10;
            outputs = board->step(raw, 0, now);
        }
    }
    // Its answer, or nothing.
    std::optional<Frame> ask_as(std::uint8_t with_sequence, Request request,
                                std::vector<std::uint8_t> const& payload = {}) {
        Frame frame{static_cast<std::uint8_t>(request),
                    with_sequence,
                    static_cast<std::uint8_t>(payload.size()),
                    {}};
        std::copy(payload.begin(), payload.end(), frame.payload);
        line.frames.clear();
        board->receive(frame, now);
        for (auto const& answer : line.frames)
            if ((answer.type & answer_bit) != 0 && answer.sequence == with_sequence) return answer;
        return std::nullopt;
    }
    std::optional<Frame> ask(Request request, std::vector<std::uint8_t> const& payload = {}) {
        return ask_as(++sequence, request, payload);
    }
    // How it was refused; 0 when it was done.
    int refusal(Request request, std::vector<std::uint8_t> const& payload = {}) {
        auto const answer = ask(request, payload);
        REQUIRE(answer);
        if (answer->type != not_acknowledged) return 0;
        CHECK(answer->payload[0] == static_cast<std::uint8_t>(request));
        return answer->payload[1];
    }
    Greeting hello(std::uint8_t boot = 7) {
        auto const answer = ask(Request::hello, {protocol_version, boot, 0, 0, 0});
        Greeting greeting{};
        REQUIRE(answer);
        REQUIRE(read(*answer, greeting));
        return greeting;
    }
    Status status() {
        auto const answer = ask(Request::status);
        Status status{};
        REQUIRE(answer);
        REQUIRE(read(*answer, status));
        return status;
    }
    std::uint32_t counter(Counter counter) {
        auto const answer = ask(Request::counters);
        REQUIRE(answer);
        REQUIRE(answer->size == counters_size);
        PayloadReader in{*answer};
        std::uint32_t value = 0;
        for (int i = 0; i <= static_cast<int>(counter); ++i)
            value = in.u32();
        return value;
    }
    std::vector<EventRecord> events(std::uint32_t first = 1) {
        std::vector<EventRecord> all;
        for (;;) {
            auto const answer = ask(Request::events, {static_cast<std::uint8_t>(first),
                                                      static_cast<std::uint8_t>(first >> 8), 0, 0});
            REQUIRE(answer);
            PayloadReader in{*answer};
            int const count = in.u8();
            if (count == 0) return all;
            for (int i = 0; i < count; ++i)
                all.push_back(read_event(in));
            first = all.back().sequence + 1;
        }
    }
    int notices(Notice notice) const {
        int found = 0;
        for (auto const& frame : line.frames)
            found += frame.type == static_cast<std::uint8_t>(notice) ? 1 : 0;
        return found;
    }
};

inline int refused(Refusal refusal) { return static_cast<int>(refusal); }

}  // namespace supervisor_desk
