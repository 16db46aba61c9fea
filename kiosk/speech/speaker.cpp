#include "kiosk/speech/speaker.hpp"

#include <utility>

namespace speech {

Speaker::Speaker(SpeakerOptions options, SpeakerHooks hooks)
    : narrator_(std::move(options), std::move(hooks), orders_, playback_, counts_) {
    Synthesizer::prepare_process();
    thread_ = std::thread{[this] { narrator_.run(); }};
}

Speaker::~Speaker() {
    playback_.cut();
    orders_.post(Narrator::Quit{});
    thread_.join();
}

void Speaker::open() { orders_.post(Narrator::Open{}); }

Ticket Speaker::say(Utterance utterance, When when) {
    if (may_be_heard(utterance.privacy, playback_.outlet()))
        return hand_over(std::move(utterance), when);
    // Who asked for it wanted the rest to be silent all the same.
    if (when == When::at_once) stop();
    counts_.unfinished.fetch_add(1);
    Ticket const ticket{tickets_.fetch_add(1) + 1};
    orders_.post(Narrator::Refuse{ticket});
    return ticket;
}

Ticket Speaker::chime(Chime chime, When when) { return hand_over(chime, when); }

Ticket Speaker::hand_over(std::variant<Utterance, Chime> what, When when) {
    auto const asked = Playback::Clock::now();
    counts_.unfinished.fetch_add(1);
    Ticket const ticket{tickets_.fetch_add(1) + 1};
    auto const epoch = when == When::at_once ? playback_.cut() : playback_.epoch();
    orders_.post(Narrator::Item{ticket, epoch, asked, std::move(what)});
    return ticket;
}

void Speaker::stop() {
    playback_.cut();
    orders_.post(Narrator::LookUp{});
}

void Speaker::set_outlet(Outlet outlet) {
    if (playback_.move_to(outlet) != outlet) orders_.post(Narrator::LookUp{});
}

void Speaker::set_rate(Rate rate) { orders_.post(rate); }

void Speaker::set_volume(Outlet outlet, Volume volume) { playback_.set_volume(outlet, volume); }

SpeakerFigures Speaker::figures() const {
    return {.refused = counts_.refused.load(),
            .buffers = playback_.buffers(),
            .gaps = playback_.gaps(),
            .heard = playback_.heard(),
            .rests = counts_.rests.load(),
            .latency = playback_.latency()};
}

}  // namespace speech
