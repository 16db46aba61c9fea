#include "kiosk/speech/narrator.hpp"

#include "kiosk/speech/recording.hpp"

#include <algorithm>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace speech {
namespace {

using namespace std::chrono_literals;

constexpr int usual_sample_rate = 22050;  // for chimes, when there is no voice
constexpr auto look_every = 1s;           // at a device that should be playing
constexpr auto stands_still_after = 3s;

}  // namespace

Narrator::Narrator(SpeakerOptions options, SpeakerHooks hooks, Orders& orders, Playback& playback,
                   SpeakerCounts& counts)
    : options_(std::move(options)), hooks_(std::move(hooks)), orders_(orders), playback_(playback),
      counts_(counts) {}

void Narrator::run() {
    while (!quitting_) {
        if (std::exchange(opening_, false)) open();
        if (device_lost_) lose_device();
        tell_ends();
        tell_cut();
        if (!queue_.empty()) {
            auto const item = std::move(queue_.front());
            queue_.pop_front();
            perform(item);
        } else if (playing_.empty() && device_) {
            rest();
        } else {
            wait(std::nullopt);
        }
    }
    playback_.cut();
    device_.reset();
    playback_.discard();
    tell_ends();
    tell_cut();
    for (auto const& item : queue_)
        tell(item.ticket, Outcome::interrupted);
}

void Narrator::open() {
    if (!synthesizer_) {
        no_voice_.reset();
        if (auto opened = Synthesizer::open()) {
            synthesizer_.emplace(std::move(*opened));
        } else {
            no_voice_ = std::move(opened.error());
        }
    }
    no_device_.reset();
    auto opened = open_device();
    if (opened && no_voice_) opened = base::failure(*no_voice_);
    hooks_.status(std::move(opened));
}

base::Result<void> Narrator::open_device() {
    if (device_) return {};
    if (no_device_) return base::failure(*no_device_);
    auto opened = AudioDevice::open(
        options_.audio, synthesizer_ ? synthesizer_->sample_rate() : usual_sample_rate, playback_);
    if (!opened) {
        no_device_ = opened.error();
        return base::failure(std::move(opened.error()));
    }
    device_ = std::move(*opened);
    buffers_seen_at_ = Playback::Clock::now();
    return {};
}

void Narrator::lose_device() {
    device_lost_ = false;
    device_.reset();
    playback_.discard();
    tell_ends();
    no_device_ = base::Error{base::Errc::system_failed, "the sound device was lost"};
    for (auto const& item : std::exchange(playing_, {}))
        tell(item.ticket, Outcome::failed, no_device_);
    hooks_.status(base::failure(*no_device_));
}

// Waits for orders, and closes the device when none came.
void Narrator::rest() {
    auto const deadline = Playback::Clock::now() + options_.rest_after;
    wait(deadline);
    if (Playback::Clock::now() < deadline || !queue_.empty()) return;
    device_.reset();
    ++counts_.rests;
}

void Narrator::perform(Item const& item) {
    if (given_up(item)) return tell(item.ticket, Outcome::interrupted);
    auto const* const words = std::get_if<Utterance>(&item.what);
    if (words != nullptr && !may_be_heard(words->privacy, playback_.outlet()))
        return tell(item.ticket, Outcome::refused);
    bool const told = no_device_.has_value();
    if (auto opened = open_device(); !opened) {
        if (!told) hooks_.status(opened);
        return tell(item.ticket, Outcome::failed, opened.error());
    }
    auto const made =
        std::visit([&](auto const& what) { return make_sound(item, what); }, item.what);
    if (!made) return tell(item.ticket, Outcome::failed, made.error());
    auto* const last = free_block(item);
    if (last == nullptr) {
        tell_ends();  // what came before ends before
        tell_cut();
        return tell(item.ticket, Outcome::interrupted);
    }
    *last = {.ticket = item.ticket,
             .epoch = item.epoch,
             .privacy = Privacy::open,  // there is nothing in it
             .last = true,
             .asked = item.asked};
    playback_.push();
    playing_.push_back({item.ticket, item.epoch});
}

int Narrator::sample_rate() const {
    return synthesizer_ ? synthesizer_->sample_rate() : usual_sample_rate;
}

base::Result<void> Narrator::make_sound(Item const& item, Utterance const& utterance) {
    if (!utterance.recording.empty()) {
        auto const recorded = samples_of_recording(utterance.recording, sample_rate());
        if (recorded) {
            static_cast<void>(play(item, utterance.privacy, *recorded));
            return {};
        }
        hooks_.status(base::failure(recorded.error()));
    }
    if (!synthesizer_) return base::failure(*no_voice_);
    bool begun = false;
    return synthesizer_->say(
        utterance.text.view(), utterance.language, rate_,
        [&](std::span<std::int16_t const> samples) {
            // A voice takes breath first, up to 80 ms: they count for whoever pressed a key.
            if (!begun) {
                auto const sound =
                    std::ranges::find_if(samples, [](auto sample) { return sample != 0; });
                samples = samples.subspan(static_cast<std::size_t>(sound - samples.begin()));
                begun = !samples.empty();
            }
            return play(item, utterance.privacy, samples);
        });
}

base::Result<void> Narrator::make_sound(Item const& item, Chime chime) {
    static_cast<void>(play(item, Privacy::open, samples_of(chime, sample_rate())));
    return {};
}

// False when nobody wants to hear the rest.
bool Narrator::play(Item const& item, Privacy privacy, std::span<std::int16_t const> samples) {
    while (!samples.empty()) {
        auto* const block = free_block(item);
        if (block == nullptr) return false;
        block->ticket = item.ticket;
        block->epoch = item.epoch;
        block->privacy = privacy;
        block->last = false;
        block->asked = item.asked;
        block->size = std::min(samples.size(), Playback::block_samples);
        std::ranges::copy(samples.first(block->size), block->samples.begin());
        playback_.push();
        samples = samples.subspan(block->size);
    }
    return !given_up(item);
}

// Waits until there is one; none when the item is given up.
Playback::Block* Narrator::free_block(Item const& item) {
    while (!given_up(item)) {
        if (auto* const block = playback_.free()) return block;
        if (!playback_.ask_for_room()) wait(std::nullopt);
    }
    return nullptr;
}

bool Narrator::given_up(Item const& item) const {
    return item.epoch != playback_.epoch() || quitting_ || device_lost_;
}

// Until an order came, something ended, or there is room again.
void Narrator::wait(std::optional<base::Deadline> deadline) {
    if (!deadline && device_) deadline = Playback::Clock::now() + look_every;
    pollfd polled[] = {{orders_.descriptor(), POLLIN, 0}, {playback_.descriptor(), POLLIN, 0}};
    ::poll(polled, 2, deadline ? base::milliseconds_until(*deadline) : -1);
    std::uint64_t count = 0;
    [[maybe_unused]] auto const read = ::read(playback_.descriptor(), &count, sizeof(count));
    for (auto& order : orders_.take())
        obey(std::move(order));
    tell_ends();
    if (device_ && (device_->lost() || stands_still())) device_lost_ = true;
}

void Narrator::obey(Order order) {
    if (auto* const item = std::get_if<Item>(&order)) {
        queue_.push_back(std::move(*item));
    } else if (auto const* refused = std::get_if<Refuse>(&order)) {
        tell(refused->ticket, Outcome::refused);
    } else if (auto const* rate = std::get_if<Rate>(&order)) {
        rate_ = *rate;
    } else if (std::holds_alternative<Open>(order)) {
        opening_ = true;
    } else if (std::holds_alternative<Quit>(order)) {
        quitting_ = true;
    }
}

// A device that works asks for a buffer every 23 ms, whether there is sound or not.
bool Narrator::stands_still() {
    auto const now = Playback::Clock::now();
    if (auto const buffers = playback_.buffers(); buffers != buffers_seen_) {
        buffers_seen_ = buffers;
        buffers_seen_at_ = now;
    }
    return now - buffers_seen_at_ > stands_still_after;
}

void Narrator::tell(Ticket ticket, Outcome outcome, std::optional<base::Error> error) {
    if (outcome == Outcome::refused) counts_.refused.fetch_add(1);
    counts_.unfinished.fetch_sub(1);
    hooks_.finished({ticket, outcome, std::move(error)});
}

void Narrator::tell_ends() {
    while (auto const end = playback_.take_end()) {
        // What was cut may have been told already.
        auto const item = std::ranges::find(playing_, end->ticket, &Playing::ticket);
        if (item == playing_.end()) continue;
        playing_.erase(item);
        tell(end->ticket, end->played ? Outcome::said : Outcome::interrupted);
    }
}

// Without waiting for the device to drop them.
void Narrator::tell_cut() {
    while (!playing_.empty() && playing_.front().epoch != playback_.epoch()) {
        auto const ticket = playing_.front().ticket;
        playing_.pop_front();
        tell(ticket, Outcome::interrupted);
    }
}

}  // namespace speech
