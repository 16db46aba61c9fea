// A sound device that plays what a Playback holds: the door to SDL's audio.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/speech/playback.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace speech {

struct AudioOptions {
    std::string driver;        // of SDL, as in "alsa"; empty: SDL_AUDIODRIVER or SDL's choice
    std::string device;        // as the driver names it; empty: its default
    int buffer_samples = 512;  // a power of two; 23 ms at 22050 Hz: also how long a stop may take
};

// One at a time in a process. While it is open SDL wakes up for each buffer, sound or not, and ALSA
// ten times a second more: close it in an idle kiosk.
class AudioDevice {
  public:
    // 16-bit mono. Errc::system_failed when there is no such device. May take as long as a device
    // takes; the Playback must outlive it.
    static base::Result<std::unique_ptr<AudioDevice>> open(AudioOptions const& options,
                                                           int sample_rate, Playback& playback);
    ~AudioDevice();
    AudioDevice(AudioDevice const&) = delete;
    AudioDevice& operator=(AudioDevice const&) = delete;

    bool lost() const;  // pulled out, or it failed

  private:
    explicit AudioDevice(std::uint32_t device) : device_(device) {}

    std::uint32_t device_;
};

}  // namespace speech
