// Between the thread that makes sound and the one that plays it: blocks of samples, each of which
// knows who may hear it and what it belongs to, so that every buffer is judged at the moment it is
// played. Nothing here waits.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "kiosk/speech/privacy.hpp"
#include "kiosk/speech/ring.hpp"
#include "kiosk/speech/utterance.hpp"
#include "kiosk/speech/volume.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace speech {

// What is said until the next interruption. Sound of an earlier epoch is not played any more.
using Epoch = std::uint64_t;

class Playback {
  public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::size_t block_samples = 256;
    static constexpr std::size_t blocks = 64;  // 0.7 s at 22050 Hz: volume and stop act at once
    static constexpr std::size_t fade_samples = 96;  // 4 ms: a bare end clicks

    struct Block {
        Ticket ticket{};
        Epoch epoch = 0;
        Privacy privacy = Privacy::confidential;
        bool last = false;
        Clock::time_point asked{};  // when the whole was
        std::size_t size = 0;
        std::array<std::int16_t, block_samples> samples{};
    };

    // Its last block has left; `played` unless it was silenced before.
    struct End {
        Ticket ticket;
        bool played;
    };

    Playback();
    ~Playback() { discard(); }
    Playback(Playback const&) = delete;
    Playback& operator=(Playback const&) = delete;

    // From any thread.
    Epoch epoch() const { return epoch_.load(); }
    Epoch cut();                    // silences what there is, and begins the epoch returned
    Outlet move_to(Outlet outlet);  // pulling headphones out also cuts; returns the former
    Outlet outlet() const { return outlet_.load(); }
    void set_volume(Outlet outlet, Volume volume);

    // The thread that makes sound.
    Block* free() { return ring_.free(); }
    void push() { ring_.push(); }
    // Whether half of the blocks are free; if not, descriptor() becomes readable when they are.
    bool ask_for_room();
    std::optional<End> take_end();
    // Readable after an end or when there is room; to be read empty (eventfd).
    int descriptor() const { return progress_.number(); }
    // Only while no device plays: overwrites all blocks.
    void discard();

    // The thread of the sound device: fills a buffer, with silence where there is nothing to play.
    void play(std::span<std::int16_t> buffer);

    // From any thread.
    std::uint64_t buffers() const { return buffers_.load(); }  // played so far
    std::uint64_t gaps() const { return gaps_.load(); }        // where samples came too late
    std::uint64_t heard() const { return heard_.load(); }      // tickets of which something was
    // From asking to the buffer with the first sample that is not zero, of the last of them.
    std::optional<std::chrono::microseconds> latency() const;

  private:
    std::size_t fade_out(Block const& block, std::span<std::int16_t> buffer);
    void note_first_sound(Block const& block, std::span<std::int16_t const> sound);
    bool release(Block& block, bool played);

    std::atomic<Epoch> epoch_ = 1;
    std::atomic<Outlet> outlet_ = Outlet::loudspeaker;
    std::array<std::atomic<float>, 2> gains_;  // by outlet

    Ring<Block, blocks> ring_;
    Ring<End, blocks> ends_;
    base::Descriptor progress_;
    std::atomic<bool> room_wanted_ = false;

    std::atomic<std::uint64_t> buffers_ = 0;
    std::atomic<std::uint64_t> gaps_ = 0;
    std::atomic<std::uint64_t> heard_ = 0;
    std::atomic<std::int64_t> latency_us_ = -1;

    // Of the device's thread alone.
    std::size_t offset_ = 0;             // played of the front block
    std::optional<Ticket> sounding_;     // what the last sample belonged to
    std::optional<Ticket> first_heard_;  // whose latency is known
    float gain_ = 0;
    bool progressed_ = false;
};

}  // namespace speech
