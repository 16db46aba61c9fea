#include "kiosk/voice.hpp"

#include "kiosk/journey/private_text.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

constexpr std::size_t longest_memory = 200;

// The help panel offers each pace that there is.
static_assert(journey::fastest_pace - journey::slowest_pace + 1 == speech::Rate::steps.size());
static_assert(speech::Rate{journey::slowest_pace}.slowest() &&
              speech::Rate{journey::fastest_pace}.fastest());

// A text that tells nothing about a person.
ui::Phrase phrase_of(std::string_view id, ui::Texts const& texts) {
    return {ui::spoken_form(texts[id], texts), false, texts.recording(texts[id])};
}

}  // namespace

void Voice::open() {
    if (speaker_) return;
    speaker_.emplace(speech::SpeakerOptions{options_},
                     speech::SpeakerHooks{[](speech::Finished const&) {},
                                          [](base::Result<void> const& status) {
                                              if (status) return spdlog::info("speech: ready");
                                              spdlog::warn("speech: {}",
                                                           base::describe(status.error()));
                                          }});
    speaker_->set_outlet(outlet_);
    speaker_->set_rate(rate_);
    use_volumes();
}

void Voice::use_volumes() {
    if (!speaker_) return;
    for (auto const outlet : {speech::Outlet::loudspeaker, speech::Outlet::headphones})
        speaker_->set_volume(outlet, volumes_.at(static_cast<std::size_t>(outlet)));
}

void Voice::use_rate(speech::Rate rate) {
    if (rate == rate_) return;
    rate_ = rate;
    if (speaker_) speaker_->set_rate(rate_);
}

bool Voice::use_outlet(Screen const& screen, bool headphones) {
    auto const outlet = headphones ? speech::Outlet::headphones : speech::Outlet::loudspeaker;
    if (outlet == outlet_) return false;
    outlet_ = outlet;
    if (!speaker_) return false;
    speaker_->set_outlet(outlet);
    if (!listening_) return false;
    if (headphones) interrupt();
    say({phrase_of(headphones ? "speech.headphones_in" : "speech.headphones_out", screen.texts)},
        screen);
    if (headphones) read_aloud_.begin_anew();
    return true;
}

void Voice::follow(Screen const& screen, bool headphones) {
    auto const& comfort = screen.view.session.comfort;
    bool const wanted = comfort.listen;
    use_rate(speech::Rate{comfort.pace});
    bool const announced = use_outlet(screen, headphones);
    // Who took the card is not told that it is in.
    if (reminding_ && !screen.view.card_present) {
        reminding_ = false;
        interrupt();
    }
    bool const before = std::exchange(listening_, wanted);
    if (!wanted) {
        if (before) interrupt();
        read_aloud_.forget();
        return give_signals(screen);
    }
    open();
    if (!before) {
        speaker_->open();  // what was lost since
        read_aloud_.begin_anew();
        if (headphones) say({phrase_of("speech.headphones_in", screen.texts)}, screen);
    }
    auto phrases = read_aloud_.follow(screen.shown, screen.view, screen.instance, screen.focused,
                                      screen.texts);
    if (phrases && before && !announced) interrupt();
    give_signals(screen);
    // Who chose other words did not understand those before.
    bool const otherwise = std::exchange(explained_in_, screen.texts.deck()) != screen.texts.deck();
    if (!before || otherwise) say({phrase_of("speech.how", screen.texts)}, screen);
    if (phrases) say(std::move(*phrases), screen);
}

// For everybody, whether they listen or not.
void Voice::give_signals(Screen const& screen) {
    if (!chime_ && !card_is_in_) return;
    open();
    speaker_->open();  // what was lost since
    if (auto const chime = std::exchange(chime_, std::nullopt)) {
        speaker_->chime(*chime);
        ++chime_count_;
    }
    if (!std::exchange(card_is_in_, false)) return;
    reminding_ = true;
    for (auto const* const id : {"take_card.title", "take_card.lead"})
        say({phrase_of(id, screen.texts)}, screen);
}

void Voice::say(ui::Phrases phrases, Screen const& screen) {
    bool told = false;  // that something is private
    for (auto& phrase : phrases) {
        auto const privacy =
            phrase.confidential ? speech::Privacy::confidential : speech::Privacy::open;
        bool const heard = speech::may_be_heard(privacy, outlet_);
        auto text = heard ? phrase.text : std::string{screen.texts["speech.private"]};
        if (!heard) journey::cleanse(phrase.text.data(), phrase.text.size());
        if (!heard && std::exchange(told, true)) continue;
        auto const& language = screen.view.session.language;
        if (!heard) phrase.recording.clear();
        speaker_->say({crypto::SecretText{text}, language, heard ? privacy : speech::Privacy::open,
                       std::move(phrase.recording)},
                      speech::When::queued);
        said_.push_back({std::move(text), language, outlet_});
        ++said_count_;
        if (said_.size() > longest_memory) {
            journey::cleanse(said_.front().text.data(), said_.front().text.size());
            said_.pop_front();
        }
        journey::cleanse(phrase.text.data(), phrase.text.size());
    }
}

void Voice::interrupt() {
    if (speaker_ && speaker_->speaking()) speaker_->stop();
}

void Voice::press(ui::Key key) {
    auto& volume = volumes_.at(static_cast<std::size_t>(outlet_));
    if (key == ui::Key::louder) volume.louder();
    if (key == ui::Key::softer) volume.softer();
    use_volumes();
}

void Voice::reset() {
    explained_in_.clear();
    volumes_ = {};
    use_volumes();
}

void Voice::forget() {
    for (auto& said : said_)
        journey::cleanse(said.text.data(), said.text.size());
    said_.clear();
    read_aloud_.forget();
}

std::optional<speech::SpeakerFigures> Voice::figures() const {
    if (!speaker_) return std::nullopt;
    return speaker_->figures();
}

}  // namespace kiosk
