// A WAV file with a tone in it.
#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numbers>

namespace speech {

struct Tone {
    std::uint32_t rate = 22050;
    std::uint16_t channels = 1;
    std::uint32_t frames = 22050;
    int loudness = 10000;
};

inline void write_tone(std::filesystem::path const& path, Tone const& tone) {
    std::ofstream file{path, std::ios::binary};
    auto const number = [&](auto value) {
        for (std::size_t byte = 0; byte < sizeof(value); ++byte)
            file.put(static_cast<char>((static_cast<std::uint32_t>(value) >> (8 * byte)) & 0xFFU));
    };
    auto const frame = static_cast<std::uint16_t>(2 * tone.channels);
    auto const size = tone.frames * frame;
    file << "RIFF";
    number(36 + size);
    file << "WAVEfmt ";
    number(std::uint32_t{16});
    number(std::uint16_t{1});  // uncompressed
    number(tone.channels);
    number(tone.rate);
    number(tone.rate * frame);
    number(frame);
    number(std::uint16_t{16});
    file << "data";
    number(size);
    for (std::uint32_t i = 0; i < tone.frames; ++i) {
        auto const turns = 440.0 * i / tone.rate;
        auto const sample = std::lround(tone.loudness * std::sin(2 * std::numbers::pi * turns));
        for (int channel = 0; channel < tone.channels; ++channel)
            number(static_cast<std::int16_t>(sample));
    }
}

}  // namespace speech
