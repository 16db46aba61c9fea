// The kiosk's voice: what is said and chimed, one after the other or at once. Nothing here waits:
// a thread of its own makes the sound, another, of SDL, plays it.
#pragma once

#include "kiosk/speech/narrator.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>

namespace speech {

// Counted since the beginning.
struct SpeakerFigures {
    std::uint64_t refused = 0;  // confidential words that came while the loudspeaker was on
    std::uint64_t buffers = 0;  // played, silence included
    std::uint64_t gaps = 0;     // where sound was made too late
    std::uint64_t heard = 0;    // tickets of which something was heard
    std::uint64_t rests = 0;    // times the device was closed because nothing was said
    // From say() to the buffer that carries the first sample heard of it, the last time. What the
    // system adds until it leaves the loudspeaker is not in it.
    std::optional<std::chrono::microseconds> latency;
};

// All functions may be called from any thread.
class Speaker {
  public:
    // Opens voice and device by itself and calls hooks.status; a kiosk without them works on. To
    // be made before, or by the same thread as, whatever reads the locale (see Synthesizer); one
    // at a time.
    Speaker(SpeakerOptions options, SpeakerHooks hooks);
    // Silent at once; what was not said is interrupted. Waits for the device to close (0.1 s).
    ~Speaker();
    Speaker(Speaker const&) = delete;
    Speaker& operator=(Speaker const&) = delete;

    // Tries again to open what is missing; answered by hooks.status in any case.
    void open();

    // Each answered by one hooks.finished. Confidential words are refused unless there are
    // headphones. The text is overwritten when it was made sound or given up, the sound when it
    // was played.
    Ticket say(Utterance utterance, When when);
    Ticket chime(Chime chime, When when = When::queued);  // never over words: in its turn

    // Silence from the next buffer on (its first 4 ms fade); nothing queued is said.
    void stop();

    // Headphones pulled out: what is said and queued is interrupted, whatever it is, and nothing
    // confidential reaches another buffer. Put in: what is said goes on, in them.
    void set_outlet(Outlet outlet);

    void set_rate(Rate rate);                       // of what is begun from now on
    void set_volume(Outlet outlet, Volume volume);  // at once

    // Something was accepted and is not finished.
    bool speaking() const { return counts_.unfinished.load() > 0; }
    SpeakerFigures figures() const;

  private:
    Ticket hand_over(std::variant<Utterance, Chime> what, When when);

    Playback playback_;
    Narrator::Orders orders_;
    std::atomic<std::uint64_t> tickets_ = 0;
    SpeakerCounts counts_;
    Narrator narrator_;
    std::thread thread_;
};

}  // namespace speech
