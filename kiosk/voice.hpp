// What the person hears: screens read aloud in their language, chimes. Decides nothing about
// privacy itself: it marks what is confidential and lets kiosk/speech refuse it.
#pragma once

#include "kiosk/speech/speaker.hpp"
#include "kiosk/ui/focus.hpp"
#include "kiosk/ui/read_aloud.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/view.hpp"
#include "kiosk/ui/widget.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace kiosk {

// All functions are called by the UI thread, and none waits.
class Voice {
  public:
    explicit Voice(speech::AudioOptions options) : options_(std::move(options)) {}
    ~Voice() { forget(); }

    // After each frame: what changed is said, instead of what is being said. The sound device is
    // opened when somebody first wants to hear.
    struct Screen {
        ui::Shown const& shown;
        ui::View const& view;
        std::uint64_t instance;
        std::string_view focused;
        ui::Texts const& texts;
    };
    void follow(Screen const& screen, bool headphones);
    // A finger or key acted: silence at once.
    void interrupt();
    void press(ui::Key key);
    // With the next frame, as the next.
    void chime(speech::Chime chime) { chime_ = chime; }
    void say_card_is_in() { card_is_in_ = true; }

    // Loudness as everybody finds it, and the keys explained to whoever comes next.
    void reset();
    // What was said is overwritten.
    void forget();

    // For the robot: what was handed to an outlet, oldest first, and how many there have been.
    struct Said {
        std::string text;
        std::string language;
        speech::Outlet outlet;
    };
    std::deque<Said> const& said() const { return said_; }
    std::uint64_t said_count() const { return said_count_; }
    std::uint64_t chime_count() const { return chime_count_; }
    speech::Volume volume() const { return volumes_.at(static_cast<std::size_t>(outlet_)); }
    std::optional<speech::SpeakerFigures> figures() const;
    bool speaking() const { return speaker_ && speaker_->speaking(); }

  private:
    void use_rate(speech::Rate rate);
    // Whether a change was told, before anything else that the screen says.
    bool use_outlet(Screen const& screen, bool headphones);
    void say(ui::Phrases phrases, Screen const& screen);
    void give_signals(Screen const& screen);
    void open();
    void use_volumes();

    speech::AudioOptions options_;
    std::optional<speech::Speaker> speaker_;
    speech::Rate rate_;
    ui::ReadAloud read_aloud_;
    speech::Outlet outlet_ = speech::Outlet::loudspeaker;
    // Of each outlet: what is pleasant in headphones would be loud in the hall.
    std::array<speech::Volume, 2> volumes_;
    bool listening_ = false;
    std::string explained_in_;  // deck in which was said how to move about the screen
    std::optional<speech::Chime> chime_;
    bool card_is_in_ = false;  // is to be said
    bool reminding_ = false;   // was said of the card that is in
    std::deque<Said> said_;
    std::uint64_t said_count_ = 0;
    std::uint64_t chime_count_ = 0;
};

}  // namespace kiosk
