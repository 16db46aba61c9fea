#include "firmware/protocol/frame.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <random>
#include <vector>

using namespace supervisor;

namespace {

using Wire = std::vector<std::uint8_t>;

Frame frame_of(std::uint8_t type, std::uint8_t sequence, Wire const& payload) {
    Frame frame{type, sequence, static_cast<std::uint8_t>(payload.size()), {}};
    std::ranges::copy(payload, frame.payload);
    return frame;
}

Wire written(Frame const& frame) {
    FrameWriter const writer{frame};
    return {writer.begin(), writer.end()};
}

bool same(Frame const& a, Frame const& b) {
    return a.type == b.type && a.sequence == b.sequence && a.size == b.size &&
           std::equal(a.payload, a.payload + a.size, b.payload);
}

// What a reader makes of these bytes.
std::vector<Frame> read(FrameReader& reader, Wire const& wire) {
    std::vector<Frame> frames;
    for (auto const byte : wire)
        if (reader.take(byte)) frames.push_back(reader.frame());
    return frames;
}

// Zeros among the bytes, more or less of them.
Frame random_frame(std::mt19937& random) {
    Wire payload(random() % (longest_payload + 1));
    auto const zeros = random() % 4;
    for (auto& byte : payload)
        byte = random() % 4 < zeros ? 0 : static_cast<std::uint8_t>(random());
    return frame_of(static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random()),
                    payload);
}

}  // namespace

TEST_CASE("a frame has the bytes of the protocol's examples", "[frame]") {
    CHECK(written(frame_of(0x01, 0x00, {})) == Wire{0x02, 0x01, 0x03, 0x2E, 0x3E, 0x00});
    CHECK(written(frame_of(0x01, 0x02, {0x00, 0x11, 0x00})) ==
          Wire{0x03, 0x01, 0x02, 0x02, 0x11, 0x03, 0x66, 0x77, 0x00});
    std::uint16_t crc = crc_begin;
    for (char const digit : std::string_view{"123456789"})
        crc = crc_of(crc, static_cast<std::uint8_t>(digit));
    CHECK(crc == 0x29B1);
}

TEST_CASE("every frame is read as it was written, whatever it holds", "[frame]") {
    std::mt19937 random{1};
    FrameReader reader;
    for (int i = 0; i < 20'000; ++i) {
        auto const frame = random_frame(random);
        auto const wire = written(frame);
        REQUIRE(wire.size() <= longest_wire);
        REQUIRE(std::ranges::count(wire, 0) == 1);  // its end
        auto const frames = read(reader, wire);
        REQUIRE(frames.size() == 1);
        REQUIRE(same(frames[0], frame));
    }
    CHECK(reader.refused() == 0);
    // The longest there is.
    auto const longest = frame_of(0, 0, Wire(longest_payload, 0));
    CHECK(written(longest).size() == longest_wire);
    CHECK(read(reader, written(longest)).size() == 1);
}

TEST_CASE("every single-bit error is found, and the next frame is read", "[frame]") {
    std::mt19937 random{2};
    for (int i = 0; i < 300; ++i) {
        auto const good = written(random_frame(random));
        auto const next = random_frame(random);
        for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
            auto wire = good;
            wire[bit / 8] = static_cast<std::uint8_t>(wire[bit / 8] ^ 1U << bit % 8);
            FrameReader reader;
            // An end that was hit joins the frame to what follows: both are lost, no third made.
            auto const end_hit = bit / 8 == good.size() - 1;
            REQUIRE(read(reader, wire).empty());
            auto const after = read(reader, written(next));
            REQUIRE(after.size() == (end_hit ? 0U : 1U));
            if (!end_hit) REQUIRE(same(after[0], next));
            REQUIRE(reader.refused() >= 1);
            REQUIRE(read(reader, written(next)).size() == 1);
        }
    }
}

TEST_CASE("after any noise a zero is enough to be understood again", "[frame]") {
    std::mt19937 random{3};
    int made_of_noise = 0;
    for (int i = 0; i < 20'000; ++i) {
        Wire noise(random() % 200);
        for (auto& byte : noise)
            byte = static_cast<std::uint8_t>(random());
        FrameReader reader;
        made_of_noise += static_cast<int>(read(reader, noise).size());
        reader.take(0);
        auto const frame = random_frame(random);
        auto const frames = read(reader, written(frame));
        REQUIRE(frames.size() == 1);
        REQUIRE(same(frames[0], frame));
    }
    // One in 65,536 of what stands between two zeros would be one, but most is too short or no
    // COBS.
    CHECK(made_of_noise == 0);
}

TEST_CASE("what is too long or too short is refused without harm", "[frame]") {
    FrameReader reader;
    CHECK(read(reader, Wire(1000, 0x01)).empty());
    CHECK_FALSE(reader.take(0));
    CHECK(reader.refused() == 1);
    for (auto const& wire :
         {Wire{0x01, 0x00}, Wire{0x02, 0x41, 0x00}, Wire{0xFF, 0x00}, Wire{0x04, 0x01, 0x02, 0x00}})
        CHECK(read(reader, wire).empty());
    CHECK(reader.refused() == 5);
    // Zeros alone mean nothing.
    CHECK(read(reader, Wire(10, 0x00)).empty());
    CHECK(reader.refused() == 5);
    CHECK(read(reader, written(frame_of(1, 2, {3}))).size() == 1);
}
