#include "kiosk/voice.hpp"

#include "kiosk/journey/private_text.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

constexpr std::size_t longest_memory = 200;

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
    use_volumes();
}

void Voice::use_volumes() {
    if (!speaker_) return;
    for (auto const outlet : {speech::Outlet::loudspeaker, speech::Outlet::headphones})
        speaker_->set_volume(outlet, volumes_.at(static_cast<std::size_t>(outlet)));
}

void Voice::use_outlet(Screen const& screen, bool headphones) {
    auto const outlet = headphones ? speech::Outlet::headphones : speech::Outlet::loudspeaker;
    if (outlet == outlet_) return;
    outlet_ = outlet;
    if (!speaker_) return;
    speaker_->set_outlet(outlet);
    if (!listening_) return;
    say({{std::string{screen.texts[headphones ? "speech.headphones_in" : "speech.headphones_out"]},
          false}},
        screen);
    if (headphones) read_aloud_.begin_anew();
}

void Voice::follow(Screen const& screen, bool headphones) {
    bool const wanted = screen.view.session.comfort.listen;
    use_outlet(screen, headphones);
    bool const begins = wanted && !listening_;
    listening_ = wanted;
    if (!wanted) {
        if (speaker_ && speaker_->speaking()) speaker_->stop();
        return read_aloud_.forget();
    }
    open();
    if (begins) {
        speaker_->open();  // what was lost since
        read_aloud_.begin_anew();
        if (headphones) say({{std::string{screen.texts["speech.headphones_in"]}, false}}, screen);
        say({{std::string{screen.texts["speech.how"]}, false}}, screen);
    }
    auto phrases = read_aloud_.follow(screen.shown, screen.view, screen.instance, screen.focused,
                                      screen.texts);
    if (!phrases) return;
    if (!begins) interrupt();
    say(std::move(*phrases), screen);
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
        speaker_->say({crypto::SecretText{text}, language, heard ? privacy : speech::Privacy::open},
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

void Voice::chime(speech::Chime chime) {
    open();
    speaker_->chime(chime);
}

void Voice::reset() {
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
