#include "kiosk/speech/synthesizer.hpp"

#include "kiosk/crypto/secret.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <clocale>
#include <optional>
#include <string>
#include <vector>

#include <espeak-ng/speak_lib.h>

namespace speech {
namespace {

static_assert(Rate::steps.front() >= espeakRATE_MINIMUM);
static_assert(Rate::steps.back() <= espeakRATE_MAXIMUM);
static_assert(std::ranges::is_sorted(Rate::steps));

constexpr int chunk_ms = 20;
constexpr auto locale = "C.UTF-8";  // the first that espeak-ng itself tries

// Which of its varieties speaks a language here. Others have one.
struct Variety {
    std::string_view language;
    std::string_view wanted;
};
constexpr std::array varieties{Variety{"en", "en-gb"}, Variety{"fr", "fr-fr"},
                               Variety{"pt", "pt-pt"}};

std::string wanted_variety(std::string_view language) {
    auto const* const found = std::ranges::find(varieties, language, &Variety::language);
    return std::string{found == varieties.end() ? language : found->wanted};
}

struct Voice {
    std::string language;  // as asked for: "pt"
    std::string name;
    std::string file;
};

// A voice names its languages after a byte of priority each. Only the first is looked at: 1.51
// returns the current voice's list without its end, followed by what another voice left there, so
// that Arabic seems to speak Portuguese.
bool is_of(espeak_VOICE const& voice, std::string_view language) {
    if (voice.languages == nullptr || voice.languages[0] == '\0') return false;
    std::string_view const first{voice.languages + 1};
    return first.starts_with(language) &&
           (first.size() == language.size() || first[language.size()] == '-');
}

std::optional<Voice> find_voice(std::string_view language) {
    if (language.empty()) return std::nullopt;
    auto const variety = wanted_variety(language);
    espeak_VOICE wish{};
    wish.languages = variety.c_str();
    auto const* const* voice = espeak_ListVoices(&wish);  // best first
    for (; voice != nullptr && *voice != nullptr; ++voice) {
        std::string_view const file = (*voice)->identifier;
        // Mbrola's are listed whether they are installed or not, and have other sample rates.
        if (file.starts_with("mb/") || !is_of(**voice, language)) continue;
        return Voice{std::string{language}, (*voice)->name, std::string{file}};
    }
    return std::nullopt;
}

// espeak-ng keeps the voice it had when it does not find the one asked for.
bool choose(Voice const& voice) {
    auto const variety = wanted_variety(voice.language);
    espeak_VOICE wish{};
    wish.languages = variety.c_str();
    wish.name = voice.name.c_str();
    if (espeak_SetVoiceByProperties(&wish) != EE_OK) return false;
    auto const* const current = espeak_GetCurrentVoice();
    return current != nullptr && current->identifier != nullptr &&
           voice.file == current->identifier && is_of(*current, voice.language);
}

// espeak-ng calls a plain function, without a context of ours in reach: there is one Synthesizer.
Synthesizer::Listener const* hearing = nullptr;

int heard(short* samples, int count, espeak_EVENT* /*events*/) {
    if (samples == nullptr || count <= 0) return 0;
    bool const go_on = hearing == nullptr || (*hearing)({samples, static_cast<std::size_t>(count)});
    return go_on ? 0 : 1;
}

bool synthesize(char const* text, std::size_t size) {
    return espeak_Synth(text, size, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, nullptr) ==
           EE_OK;
}

using SpokenText = std::vector<char, crypto::CleansingAllocator<char>>;

// As espeak-ng wants it: ended by a zero byte, which no other may be. Byte 1 would begin one of its
// commands ("faster", "another voice"). A hyphen that does not break splits words wrongly.
SpokenText for_ears(std::string_view text) {
    constexpr std::string_view non_breaking_hyphen = "\u2011";
    SpokenText spoken;
    spoken.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, non_breaking_hyphen.size()) == non_breaking_hyphen) {
            spoken.push_back('-');
            i += non_breaking_hyphen.size() - 1;
            continue;
        }
        bool const control = static_cast<unsigned char>(text[i]) < ' ' && text[i] != '\n';
        spoken.push_back(control ? ' ' : text[i]);
    }
    spoken.push_back('\0');
    return spoken;
}

// The text stays in buffers of espeak-ng and on the stack below us until another is said there. So
// one is begun that says nothing about anyone, as long as the longest that these buffers hold (800
// bytes); its first samples end it. Takes a millisecond.
void overwrite() {
    static std::string const nothing = [] {
        std::string text;
        while (text.size() < 780)
            text += "la la ";
        return text + ".";
    }();
    Synthesizer::Listener const stop = [](auto) { return false; };
    hearing = &stop;
    synthesize(nothing.c_str(), nothing.size() + 1);
    hearing = nullptr;
}

std::atomic<bool> in_use = false;
// 0 until espeak-ng was begun, and for ever after its sample rate: its end, espeak_Terminate(), may
// wait for a thread that will never answer (seen with 1.51, the second time at the latest). Kept
// by whoever has set in_use.
int library_rate = 0;

}  // namespace

// The right to use the library.
struct Synthesizer::Library {
    Library() = default;
    ~Library() { in_use.store(false); }
    Library(Library const&) = delete;
    Library& operator=(Library const&) = delete;

    std::vector<Voice> voices;     // found so far: looking takes 8 ms
    std::string current_language;  // of the voice that is chosen

    base::Result<void> choose_voice(std::string_view language) {
        if (language == current_language && !language.empty()) return {};
        auto known = std::ranges::find(voices, language, &Voice::language);
        if (known == voices.end()) {
            auto found = find_voice(language);
            if (!found)
                return base::failure(base::Errc::file_unreadable,
                                     "no voice speaks '" + std::string{language} + "'");
            known = voices.insert(voices.end(), std::move(*found));
        }
        current_language.clear();
        if (!choose(*known))
            return base::failure(base::Errc::file_unreadable,
                                 "the voice " + known->file + " cannot be used");
        current_language = language;
        return {};
    }
};

Synthesizer::Synthesizer(std::unique_ptr<Library> library) : library_(std::move(library)) {}
Synthesizer::Synthesizer(Synthesizer&&) noexcept = default;
Synthesizer& Synthesizer::operator=(Synthesizer&&) noexcept = default;
Synthesizer::~Synthesizer() = default;

void Synthesizer::prepare_process() { static_cast<void>(std::setlocale(LC_CTYPE, locale)); }

base::Result<Synthesizer> Synthesizer::open() {
    if (in_use.exchange(true))
        return base::failure(base::Errc::refused, "espeak-ng is used already");
    auto library = std::make_unique<Library>();
    if (library_rate == 0) {
        // Synchronous is retrieval on the thread that asks: the text is not copied to a queue.
        int const rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, chunk_ms, nullptr,
                                           espeakINITIALIZE_DONT_EXIT);
        if (rate <= 0)  // 0 without data, whatever the header says
            return base::failure(
                base::Errc::file_unreadable,
                "the voices of espeak-ng are not installed (Debian package espeak-ng-data)");
        library_rate = rate;
        espeak_SetSynthCallback(heard);
    }
    return Synthesizer{std::move(library)};
}

int Synthesizer::sample_rate() const { return library_rate; }

base::Result<void> Synthesizer::say(std::string_view text, std::string_view language, Rate rate,
                                    Listener const& listener) {
    if (auto chosen = library_->choose_voice(language); !chosen) return chosen;
    espeak_SetParameter(espeakRATE, rate.words_a_minute(), 0);  // a new voice brings its own
    auto const spoken = for_ears(text);
    hearing = &listener;
    bool const said = synthesize(spoken.data(), spoken.size());
    overwrite();
    if (!said) return base::failure(base::Errc::system_failed, "espeak-ng did not speak");
    return {};
}

}  // namespace speech
