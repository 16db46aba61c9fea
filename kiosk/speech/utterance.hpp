// What is to be said, and what became of it.
#pragma once

#include "drivers/base/error.hpp"
#include "kiosk/crypto/secret.hpp"
#include "kiosk/speech/privacy.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace speech {

// As a person would read it aloud: dates and numbers written so that they are read rightly.
struct Utterance {
    crypto::SecretText text;  // UTF-8
    std::string language;     // "fr", "en", "es", "pt", "ar"
    Privacy privacy = Privacy::confidential;
    // A WAV file that is played instead of the voice; where it cannot be read, the voice says it.
    std::filesystem::path recording = {};
};

// Whether what is being said is heard out first.
enum class When : std::uint8_t { queued, at_once };

// One for each thing said or chimed in a program's life.
enum class Ticket : std::uint64_t {};

enum class Outcome : std::uint8_t {
    said,         // to its end
    interrupted,  // by stop, by something said at once, by headphones pulled out
    refused,      // confidential, and no headphones
    failed,       // no sound device, no voice: see the error
};

// Each ticket has exactly one.
struct Finished {
    Ticket ticket;
    Outcome outcome;
    std::optional<base::Error> error = std::nullopt;  // of what failed
};

}  // namespace speech
