#include "kiosk/speech/playback.hpp"

#include "kiosk/crypto/digest.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace speech {
namespace {

std::int16_t scaled(std::int16_t sample, float gain) {
    return static_cast<std::int16_t>(std::lround(static_cast<float>(sample) * gain));
}

}  // namespace

Playback::Playback() : progress_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    for (auto& gain : gains_)
        gain.store(Volume{}.gain());
}

Epoch Playback::cut() { return epoch_.fetch_add(1) + 1; }

Outlet Playback::move_to(Outlet outlet) {
    // In this order: confidential words are silent before the epoch ends.
    auto const former = outlet_.exchange(outlet);
    if (former == Outlet::headphones && outlet == Outlet::loudspeaker) cut();
    return former;
}

void Playback::set_volume(Outlet outlet, Volume volume) {
    gains_[static_cast<std::size_t>(outlet)].store(volume.gain());
}

bool Playback::ask_for_room() {
    room_wanted_.store(true);
    return ring_.size() <= blocks / 2;
}

std::optional<Playback::End> Playback::take_end() {
    auto const* const oldest = ends_.front();
    if (oldest == nullptr) return std::nullopt;
    auto const end = *oldest;
    ends_.pop();
    return end;
}

void Playback::discard() {
    while (auto* const block = ring_.front()) {
        block->last = false;  // nobody waits for its end
        release(*block, false);
    }
    sounding_.reset();
}

// The first milliseconds of what is not wanted any more; returns their number.
std::size_t Playback::fade_out(Block const& block, std::span<std::int16_t> buffer) {
    auto const count = std::min({fade_samples, block.size - offset_, buffer.size()});
    for (std::size_t i = 0; i < count; ++i) {
        auto const left = static_cast<float>(count - 1 - i) / static_cast<float>(count);
        buffer[i] = scaled(block.samples[offset_ + i], gain_ * left);
    }
    return count;
}

void Playback::note_first_sound(Block const& block, std::span<std::int16_t const> sound) {
    if (first_heard_ == block.ticket || std::ranges::count(sound, 0) == std::ssize(sound)) return;
    first_heard_ = block.ticket;
    latency_us_.store(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - block.asked).count());
    heard_.fetch_add(1);
}

// False when nobody took the ends: the block stays for another time.
bool Playback::release(Block& block, bool played) {
    if (block.last) {
        auto* const end = ends_.free();
        if (end == nullptr) return false;
        *end = {block.ticket, played};
        ends_.push();
        progressed_ = true;
        sounding_.reset();
    }
    crypto::cleanse(block.samples.data(), sizeof(block.samples));
    offset_ = 0;
    ring_.pop();
    return true;
}

void Playback::play(std::span<std::int16_t> buffer) {
    auto const epoch = epoch_.load();
    auto const outlet = outlet_.load();
    // A change of volume is spread over a buffer, or it would crackle.
    auto const target = gains_[static_cast<std::size_t>(outlet)].load();
    if (!sounding_) gain_ = target;
    auto const slope = (target - gain_) / static_cast<float>(buffer.size());

    std::size_t filled = 0;
    while (filled < buffer.size()) {
        auto* const block = ring_.front();
        if (block == nullptr) {
            if (sounding_) gaps_.fetch_add(1);
            break;
        }
        auto const rest = buffer.subspan(filled);
        bool const allowed = may_be_heard(block->privacy, outlet);
        if (block->epoch != epoch || !allowed) {
            if (allowed && sounding_ == block->ticket) filled += fade_out(*block, rest);
            sounding_.reset();
            if (!release(*block, false)) break;
            continue;
        }
        auto const count = std::min(block->size - offset_, rest.size());
        for (std::size_t i = 0; i < count; ++i) {
            gain_ += slope;
            rest[i] = scaled(block->samples[offset_ + i], gain_);
        }
        note_first_sound(*block, rest.first(count));
        sounding_ = block->ticket;
        filled += count;
        offset_ += count;
        if (offset_ < block->size || !release(*block, true)) break;
    }
    std::ranges::fill(buffer.subspan(filled), std::int16_t{0});
    buffers_.fetch_add(1);

    bool const ended = std::exchange(progressed_, false);
    bool const room = ring_.size() <= blocks / 2 && room_wanted_.exchange(false);
    if (!ended && !room) return;
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(progress_.number(), &one, sizeof(one));
}

std::optional<std::chrono::microseconds> Playback::latency() const {
    auto const microseconds = latency_us_.load();
    if (microseconds < 0) return std::nullopt;
    return std::chrono::microseconds{microseconds};
}

}  // namespace speech
