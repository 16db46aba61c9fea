#include "kiosk/speech/audio_device.hpp"

#include <SDL_audio.h>
#include <SDL_error.h>
#include <SDL_thread.h>

namespace speech {
namespace {

void end_audio() {
    SDL_AudioQuit();
    // What SDL keeps for each thread that calls it; it does not see those end that are ours.
    SDL_TLSCleanup();
}

base::Error end_with_error(std::string_view what) {
    base::Error error{base::Errc::system_failed, std::string{what} + ": " + SDL_GetError()};
    end_audio();
    return error;
}

char const* name_or_default(std::string const& name) {
    return name.empty() ? nullptr : name.c_str();
}

void fill(void* playback, Uint8* bytes, int size) {
    static_cast<Playback*>(playback)->play({reinterpret_cast<std::int16_t*>(bytes),
                                            static_cast<std::size_t>(size) / sizeof(std::int16_t)});
}

}  // namespace

base::Result<std::unique_ptr<AudioDevice>> AudioDevice::open(AudioOptions const& options,
                                                             int sample_rate, Playback& playback) {
    // Not SDL_InitSubSystem(SDL_INIT_AUDIO): it also begins SDL's events, whose counters belong to
    // the thread of the window.
    if (SDL_AudioInit(name_or_default(options.driver)) != 0)
        return base::failure(end_with_error("sound driver " + options.driver));
    SDL_AudioSpec wanted{};
    wanted.freq = sample_rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = static_cast<Uint16>(options.buffer_samples);
    wanted.callback = fill;
    wanted.userdata = &playback;
    // No changes are allowed: SDL converts for devices that play something else.
    auto const device =
        SDL_OpenAudioDevice(name_or_default(options.device), 0, &wanted, nullptr, 0);
    if (device == 0) return base::failure(end_with_error("sound device " + options.device));
    SDL_PauseAudioDevice(device, 0);
    return std::unique_ptr<AudioDevice>{new AudioDevice{device}};
}

AudioDevice::~AudioDevice() {
    SDL_CloseAudioDevice(device_);
    end_audio();
}

bool AudioDevice::lost() const { return SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_STOPPED; }

}  // namespace speech
