#include "kiosk/speech/playback.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include <poll.h>

using namespace speech;

namespace {

using Samples = std::vector<std::int16_t>;
constexpr std::int16_t loud = 20000;
constexpr std::size_t buffer_samples = 512;

void add(Playback& playback, int ticket, Privacy privacy, std::size_t count, bool last = true) {
    while (count > 0 || last) {
        auto* const block = playback.free();
        REQUIRE(block != nullptr);
        auto const size = std::min(count, Playback::block_samples);
        *block = {.ticket = Ticket(ticket),
                  .epoch = playback.epoch(),
                  .privacy = privacy,
                  .last = last && size == count,
                  .asked = Playback::Clock::now(),
                  .size = size};
        std::fill_n(block->samples.begin(), size, loud);
        count -= size;
        playback.push();
        if (count == 0) break;
    }
}

Samples play(Playback& playback) {
    Samples buffer(buffer_samples, std::int16_t{-1});
    playback.play(buffer);
    return buffer;
}

std::size_t sounding(Samples const& buffer) {
    return buffer.size() - static_cast<std::size_t>(std::ranges::count(buffer, 0));
}

Volume loudest() {
    Volume volume;
    while (!volume.loudest())
        volume.louder();
    return volume;
}

bool is_ready(Playback const& playback) {
    pollfd polled{playback.descriptor(), POLLIN, 0};
    return ::poll(&polled, 1, 0) == 1;
}

}  // namespace

TEST_CASE("what was made is played once, in its order, then there is silence") {
    Playback playback;
    playback.set_volume(Outlet::loudspeaker, loudest());
    add(playback, 1, Privacy::open, 600);
    CHECK(play(playback) == Samples(buffer_samples, loud));
    CHECK(sounding(play(playback)) == 600 - buffer_samples);
    auto const end = playback.take_end();
    REQUIRE(end);
    CHECK(end->ticket == Ticket{1});
    CHECK(end->played);
    CHECK(sounding(play(playback)) == 0);
    CHECK(playback.buffers() == 3);
    CHECK(playback.gaps() == 0);
}

TEST_CASE("what was cut is silent in the next buffer after a fade of 4 ms, what follows is heard") {
    Playback playback;
    add(playback, 1, Privacy::open, 5000);
    REQUIRE(sounding(play(playback)) == buffer_samples);
    playback.cut();
    auto const faded = play(playback);
    CHECK(sounding(faded) <= Playback::fade_samples);
    CHECK(sounding(faded) > Playback::fade_samples / 2);
    CHECK(std::ranges::is_sorted(faded, std::ranges::greater{}));
    CHECK(sounding(play(playback)) == 0);
    auto const end = playback.take_end();
    REQUIRE(end);
    CHECK_FALSE(end->played);
    add(playback, 2, Privacy::open, 300);
    CHECK(sounding(play(playback)) == 300);
}

TEST_CASE("what was not yet heard when it was cut leaves nothing at all") {
    Playback playback;
    add(playback, 1, Privacy::open, 5000);
    playback.cut();
    CHECK(sounding(play(playback)) == 0);
    CHECK_FALSE(playback.latency());
}

TEST_CASE("headphones pulled out in mid-sentence: no further sample of confidential words") {
    Playback playback;
    playback.move_to(Outlet::headphones);
    add(playback, 1, Privacy::confidential, 5000);
    REQUIRE(sounding(play(playback)) == buffer_samples);
    CHECK(playback.move_to(Outlet::loudspeaker) == Outlet::headphones);
    CHECK(sounding(play(playback)) == 0);

    SECTION("also when they are put in again") {
        playback.move_to(Outlet::headphones);
        CHECK(sounding(play(playback)) == 0);
    }
    SECTION("and the loudspeaker is not silent for ever") {
        add(playback, 2, Privacy::open, 300);
        CHECK(sounding(play(playback)) == 300);
    }
}

TEST_CASE("confidential blocks that got this far are not played on the loudspeaker") {
    Playback playback;
    add(playback, 1, Privacy::confidential, 5000);
    CHECK(sounding(play(playback)) == 0);
    CHECK_FALSE(playback.take_end()->played);
}

TEST_CASE("open words go on when headphones are put in") {
    Playback playback;
    add(playback, 1, Privacy::open, 5000);
    REQUIRE(sounding(play(playback)) == buffer_samples);
    playback.move_to(Outlet::headphones);
    CHECK(sounding(play(playback)) == buffer_samples);
}

TEST_CASE("a change of volume is heard at once, without an edge") {
    Playback playback;
    playback.set_volume(Outlet::loudspeaker, loudest());
    add(playback, 1, Privacy::open, 5000);
    play(playback);
    playback.set_volume(Outlet::loudspeaker, {});
    auto const changing = play(playback);
    for (std::size_t i = 1; i < changing.size(); ++i)
        REQUIRE(std::abs(changing[i] - changing[i - 1]) < loud / 100);
    auto const changed = play(playback);
    CHECK(int{changed.back()} == Approx(static_cast<double>(loud) / 3.98).epsilon(0.01));
}

TEST_CASE("each outlet keeps its own volume") {
    Playback playback;
    playback.set_volume(Outlet::headphones, loudest());
    add(playback, 1, Privacy::open, 1000);
    CHECK(play(playback).back() < loud / 2);
    playback.move_to(Outlet::headphones);
    add(playback, 2, Privacy::open, 1000);
    play(playback);
    CHECK(play(playback).front() > loud * 9 / 10);
}

TEST_CASE("samples are overwritten when they were played, silenced or given up") {
    auto const holds_sound = [](Playback const& playback) {
        std::vector<std::uint8_t> memory(sizeof(playback));
        std::memcpy(memory.data(), static_cast<void const*>(&playback), memory.size());
        std::int16_t const two[] = {loud, loud};
        auto const* const pattern = reinterpret_cast<std::uint8_t const*>(two);
        return std::search(memory.begin(), memory.end(), pattern, pattern + sizeof(two)) !=
               memory.end();
    };
    Playback playback;
    add(playback, 1, Privacy::open, 512);
    REQUIRE(holds_sound(playback));
    play(playback);
    CHECK_FALSE(holds_sound(playback));

    add(playback, 2, Privacy::open, 5000);
    play(playback);
    REQUIRE(holds_sound(playback));
    playback.cut();
    play(playback);
    CHECK_FALSE(holds_sound(playback));

    add(playback, 3, Privacy::open, 5000);
    playback.discard();
    CHECK_FALSE(holds_sound(playback));
}

TEST_CASE("whoever makes sound is woken by an end, and when half of the blocks are free") {
    Playback playback;
    add(playback, 1, Privacy::open, Playback::blocks * Playback::block_samples, false);
    CHECK(playback.free() == nullptr);
    CHECK_FALSE(playback.ask_for_room());
    for (std::size_t i = 0; i < Playback::blocks / 4; ++i) {
        CHECK_FALSE(is_ready(playback));
        play(playback);
    }
    CHECK(is_ready(playback));
    CHECK(playback.ask_for_room());
    CHECK(playback.free() != nullptr);

    Playback other;
    add(other, 1, Privacy::open, 10);
    play(other);
    CHECK(is_ready(other));
}

TEST_CASE("sound that comes too late is counted") {
    Playback playback;
    add(playback, 1, Privacy::open, 100, false);
    play(playback);
    CHECK(playback.gaps() == 1);
}

TEST_CASE("the latency is that of the first sample that is not zero") {
    Playback playback;
    auto* const block = playback.free();
    *block = {.ticket = Ticket{1},
              .epoch = playback.epoch(),
              .privacy = Privacy::open,
              .asked = Playback::Clock::now() - std::chrono::milliseconds{40},
              .size = 100};
    playback.push();
    play(playback);
    CHECK_FALSE(playback.latency());
    add(playback, 1, Privacy::open, 100);
    play(playback);
    REQUIRE(playback.latency());
    CHECK(*playback.latency() < std::chrono::seconds{5});
}
