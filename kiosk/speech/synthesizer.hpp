// Text made sound: the one door to espeak-ng.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/speech/rate.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace speech {

// One at a time in a process, used by one thread at a time: espeak-ng keeps its state in globals.
class Synthesizer {
  public:
    // Hears 16-bit mono samples as they are made, tens of milliseconds at a time, and says whether
    // it wants more. It must copy what it keeps, and must not throw.
    using Listener = std::function<bool(std::span<std::int16_t const>)>;

    // espeak-ng sets LC_CTYPE of the whole process to C.UTF-8, which no other thread may be reading
    // meanwhile. Done here beforehand, its own attempt changes nothing.
    static void prepare_process();

    // Errc::file_unreadable when the voices are not installed, Errc::refused while there is
    // another.
    static base::Result<Synthesizer> open();
    Synthesizer(Synthesizer&&) noexcept;
    Synthesizer& operator=(Synthesizer&&) noexcept;
    ~Synthesizer();

    int sample_rate() const;  // samples a second

    // Returns when all was heard, or the listener wanted no more. The language is a code as in
    // "fr"; UTF-8 that is broken is skipped. Nothing of the text stays in memory.
    // Errc::file_unreadable when no voice speaks the language: nothing was heard then, least of
    // all another language.
    base::Result<void> say(std::string_view text, std::string_view language, Rate rate,
                           Listener const& listener);

  private:
    struct Library;
    explicit Synthesizer(std::unique_ptr<Library> library);

    std::unique_ptr<Library> library_;
};

}  // namespace speech
