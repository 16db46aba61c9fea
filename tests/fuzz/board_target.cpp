// The line between the PC and the supervision board, at both of its ends.
#include "drivers/supervisor/names.hpp"
#include "firmware/core/supervisor.hpp"
#include "tests/fuzz/targets.hpp"

#include <array>

namespace fuzz {
namespace {

using namespace supervisor;

struct Erased : ByteMemory {
    Erased() { bytes.fill(0xFF); }
    bool ready() override { return true; }
    std::uint8_t read(std::uint16_t address) override {
        promise(address < bytes.size(), "the memory is read within its bounds");
        return bytes[address];
    }
    void write(std::uint16_t address, std::uint8_t value) override {
        promise(address < bytes.size(), "the memory is written within its bounds");
        bytes[address] = value;
    }
    std::array<std::uint8_t, memory_size> bytes{};
};

struct Answers : Line {
    int count = 0;
    int good = 0;
    void send(Frame const& frame) override {
        promise(frame.size <= longest_payload, "what is sent fits a frame");
        if ((frame.type & answer_bit) == 0) return;
        ++count;
        if (frame.type != not_acknowledged) ++good;
    }
};

constexpr RawInputs nobody_there{false, false, false, false, 400, 12000, 250};
constexpr Time turn = 10;

}  // namespace

// The bytes that a board hears, a turn after each frame. True when it did something for one.
bool read_board_line(base::ByteView input) {
    Erased memory;
    Answers line;
    Supervisor board{memory, line, {1, 0, 0}, BoardReset::power_on, 0};
    FrameReader reader;
    Time now = 0;
    Time reader_off_since = 0;
    for (auto const byte : input) {
        if (!reader.take(byte)) continue;
        auto const before = line.count;
        board.receive(reader.frame(), now);
        promise(line.count == before + 1, "each frame has one answer");
        now += turn;
        auto const outputs = board.step(nobody_there, reader.refused(), now);
        if (!outputs.cut_reader) reader_off_since = now;
        promise(now - reader_off_since <= 2100, "the reader has its power back in time");
        promise(outputs.backlight <= 100, "the backlight is a percentage");
    }
    return line.good > 0;
}

// The bytes that a board says, as its PC reads them. True when a frame was a greeting or a status.
bool read_board_answers(base::ByteView input) {
    FrameReader reader;
    bool known = false;
    for (auto const byte : input) {
        if (!reader.take(byte)) continue;
        auto const& frame = reader.frame();
        promise(frame.size <= longest_payload, "a frame that was read fits");
        Greeting greeting{};
        Status status{};
        if (read(frame, greeting)) {
            promise(!name(greeting.pc_start).empty() && !name(greeting.reset).empty(),
                    "whatever number it is has a name");
            known = true;
        }
        if (read(frame, status)) promise(!name(status.power).empty(), "each state has a name");
        PayloadReader in{frame};
        for (int i = in.u8() % 4; i > 0; --i)
            promise(!describe(read_event(in)).empty(), "each event has words");
        promise(!describe_refusal(static_cast<Request>(in.u8()), in.u8()).empty(),
                "each refusal has words");
    }
    return known;
}

}  // namespace fuzz
