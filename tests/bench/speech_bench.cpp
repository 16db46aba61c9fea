// From a key to the first sound of what it says, in five languages, played by SDL's driver without
// a device: what a sound card adds is not in it.
#include "tests/bench/bench.hpp"

#include "drivers/base/eventually.hpp"
#include "kiosk/speech/speaker.hpp"

#include <array>
#include <future>
#include <utility>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr int count = 50;

struct Sentence {
    std::string_view language;
    std::string_view text;
};
constexpr std::array sentences{Sentence{"fr", "Mettez votre carte dans le lecteur."},
                               Sentence{"en", "Put your card into the reader."},
                               Sentence{"es", "Ponga su tarjeta en el lector."},
                               Sentence{"pt", "Ponha o seu cartão no leitor."},
                               Sentence{"ar", "ضع بطاقتك في القارئ"}};

enum class Before { silence, speech };

// Milliseconds of each. A key pressed in silence, or into the words before.
base::Result<std::vector<double>> say(speech::Speaker& speaker, Before before) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        auto const& sentence = sentences[static_cast<std::size_t>(i) % sentences.size()];
        auto const heard = speaker.figures().heard;
        speaker.say({sentence.text, std::string{sentence.language}, speech::Privacy::open},
                    speech::When::at_once);
        if (!base::eventually([&] { return speaker.figures().heard > heard; }, 5s))
            return base::failure(base::Errc::timed_out, "nothing was heard");
        times.push_back(
            std::chrono::duration<double, std::milli>(*speaker.figures().latency).count());
        if (before == Before::speech) continue;
        speaker.stop();
        if (!base::eventually([&] { return !speaker.speaking(); }, 5s))
            return base::failure(base::Errc::timed_out, "no silence");
    }
    return times;
}

}  // namespace

Figures measure_speech() {
    std::promise<base::Result<void>> opened;
    speech::Speaker speaker{{.audio = {.driver = "dummy", .device = {}}},
                            {.finished = [](auto const&) {},
                             .status =
                                 [&, told = false](auto const& status) mutable {
                                     if (!std::exchange(told, true)) opened.set_value(status);
                                 }}};
    if (auto const status = opened.get_future().get(); !status)
        return base::failure(status.error());
    auto const quiet = say(speaker, Before::silence);
    if (!quiet) return base::failure(quiet.error());
    auto const busy = say(speaker, Before::speech);
    if (!busy) return base::failure(busy.error());
    return std::vector<Figure>{
        {"key to first sample, in silence, p50", percentile(*quiet, 50), "ms", 150},
        {"key to first sample, in silence, p99", percentile(*quiet, 99), "ms", 150},
        {"key to first sample, into speech, p50", percentile(*busy, 50), "ms", 150},
        {"key to first sample, into speech, p99", percentile(*busy, 99), "ms", 150}};
}

}  // namespace bench
