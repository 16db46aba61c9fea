#include "kiosk/speech/recording.hpp"

#include <limits>
#include <memory>

#include <SDL.h>

namespace speech {
namespace {

constexpr std::uintmax_t most_bytes = 64U << 20U;
constexpr Uint32 most_seconds = 120;

base::Error unreadable(std::filesystem::path const& file, std::string_view why) {
    return {base::Errc::file_unreadable, file.native() + ": " + std::string{why}};
}

}  // namespace

base::Result<std::vector<std::int16_t>> samples_of_recording(std::filesystem::path const& file,
                                                             int sample_rate) {
    std::error_code problem;
    auto const bytes = std::filesystem::file_size(file, problem);
    if (problem) return base::failure(unreadable(file, problem.message()));
    if (bytes > most_bytes) return base::failure(unreadable(file, "larger than 64 MB"));

    SDL_AudioSpec spec{};
    Uint8* data = nullptr;
    Uint32 size = 0;
    if (SDL_LoadWAV(file.c_str(), &spec, &data, &size) == nullptr)
        return base::failure(unreadable(file, SDL_GetError()));
    std::unique_ptr<Uint8, decltype(&SDL_FreeWAV)> const wave{data, &SDL_FreeWAV};
    std::unique_ptr<SDL_AudioStream, decltype(&SDL_FreeAudioStream)> const stream{
        SDL_NewAudioStream(spec.format, spec.channels, spec.freq, AUDIO_S16SYS, 1, sample_rate),
        &SDL_FreeAudioStream};
    auto const frame = static_cast<std::size_t>(spec.channels) * SDL_AUDIO_BITSIZE(spec.format) / 8;
    if (frame == 0 || spec.freq <= 0 ||
        size / frame > most_seconds * static_cast<std::size_t>(spec.freq))
        return base::failure(unreadable(file, "longer than two minutes"));
    // The resampler keeps a little of the end to itself: let it be silence.
    std::vector<Uint8> const silence(frame * (static_cast<std::size_t>(spec.freq) / 20),
                                     spec.silence);
    if (!stream || size > static_cast<Uint32>(std::numeric_limits<int>::max()) ||
        SDL_AudioStreamPut(stream.get(), data, static_cast<int>(size)) != 0 ||
        SDL_AudioStreamPut(stream.get(), silence.data(), static_cast<int>(silence.size())) != 0 ||
        SDL_AudioStreamFlush(stream.get()) != 0)
        return base::failure(unreadable(file, SDL_GetError()));
    auto const available = SDL_AudioStreamAvailable(stream.get());
    std::vector<std::int16_t> samples(static_cast<std::size_t>(available) / 2);
    auto const wanted = static_cast<int>(2 * samples.size());
    if (SDL_AudioStreamGet(stream.get(), samples.data(), wanted) != wanted)
        return base::failure(unreadable(file, SDL_GetError()));
    return samples;
}

}  // namespace speech
