// A text recorded by a person, played instead of the voice.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace speech {

// 16-bit mono of the whole file, a WAV of any rate. Errc::file_unreadable when it is not one or
// longer than a text takes to be read.
base::Result<std::vector<std::int16_t>> samples_of_recording(std::filesystem::path const& file,
                                                             int sample_rate);

}  // namespace speech
