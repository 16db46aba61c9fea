// The thread behind the Speaker: it owns voice and sound device, makes sound of one thing after the
// other, a little ahead of what is played, and tells what became of each.
#pragma once

#include "drivers/base/deadline.hpp"
#include "drivers/base/result.hpp"
#include "kiosk/speech/audio_device.hpp"
#include "kiosk/speech/chime.hpp"
#include "kiosk/speech/playback.hpp"
#include "kiosk/speech/synthesizer.hpp"
#include "kiosk/speech/utterance.hpp"
#include "kiosk/workers/mailbox.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>

namespace speech {

struct SpeakerOptions {
    AudioOptions audio;
    // Without sound for so long the device is closed; the next sound opens it again.
    std::chrono::milliseconds rest_after = std::chrono::minutes{1};
};

// Called on the narrator's thread: post to a mailbox. Neither may be empty.
struct SpeakerHooks {
    std::function<void(Finished)> finished;
    // Whether there is voice and sound device: after each opening, and when the device is lost. A
    // trouble is told once; what is said meanwhile only fails. Also a recording that is unreadable.
    std::function<void(base::Result<void>)> status;
};

struct SpeakerCounts {
    std::atomic<int> unfinished = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> rests = 0;
};

class Narrator {
  public:
    struct Item {
        Ticket ticket;
        Epoch epoch;
        Playback::Clock::time_point asked;
        std::variant<Utterance, Chime> what;
    };
    struct Refuse {
        Ticket ticket;
    };
    struct Open {};
    struct LookUp {};  // something was cut
    struct Quit {};
    using Order = std::variant<Item, Refuse, Rate, Open, LookUp, Quit>;
    using Orders = workers::Mailbox<Order>;

    // All that is referred to must outlive this object. Each ticket told lowers `unfinished`.
    Narrator(SpeakerOptions options, SpeakerHooks hooks, Orders& orders, Playback& playback,
             SpeakerCounts& counts);

    void run();  // until it takes Quit

  private:
    struct Playing {
        Ticket ticket;
        Epoch epoch;
    };

    void open();
    base::Result<void> open_device();
    int sample_rate() const;
    void lose_device();
    void rest();

    void perform(Item const& item);
    base::Result<void> make_sound(Item const& item, Utterance const& utterance);
    base::Result<void> make_sound(Item const& item, Chime chime);
    bool play(Item const& item, Privacy privacy, std::span<std::int16_t const> samples);
    Playback::Block* free_block(Item const& item);
    bool given_up(Item const& item) const;

    void wait(std::optional<base::Deadline> deadline);
    void obey(Order order);
    bool stands_still();

    void tell(Ticket ticket, Outcome outcome, std::optional<base::Error> error = std::nullopt);
    void tell_ends();
    void tell_cut();

    SpeakerOptions options_;
    SpeakerHooks hooks_;
    Orders& orders_;
    Playback& playback_;
    SpeakerCounts& counts_;

    std::optional<Synthesizer> synthesizer_;
    std::unique_ptr<AudioDevice> device_;
    // Why there is none, until asked to open again.
    std::optional<base::Error> no_voice_;
    std::optional<base::Error> no_device_;

    Rate rate_;
    std::deque<Item> queue_;
    std::deque<Playing> playing_;  // made, and not yet heard to their end
    bool opening_ = true;
    bool device_lost_ = false;
    bool quitting_ = false;

    std::uint64_t buffers_seen_ = 0;
    Playback::Clock::time_point buffers_seen_at_{};
};

}  // namespace speech
