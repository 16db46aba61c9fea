// The ways in which a person uses the kiosk: with a finger, with the nine keys, with two switches,
// and without sight, by what is heard alone.
#pragma once

#include "kiosk/ui/texts.hpp"
#include "tests/system/fixture.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace journeys {

// What is to be chosen: sighted people find the widget, who listens its label.
struct Choice {
    std::string widget;
    std::string label;
};

class Way {
  public:
    explicit Way(desk::Desk& desk) : desk_(desk) {}
    virtual ~Way() = default;

    // Before the card: what this person does to the kiosk first.
    virtual void begin(ui::Texts const&) {}
    // And once the kiosk speaks their language.
    virtual void understand(ui::Texts const&) {}
    // Whether this page offers it.
    virtual bool offers(Choice const& choice, ui::Texts const& texts);
    virtual void choose(Choice const& choice, ui::Texts const& texts) = 0;
    // A new screen or page is there.
    virtual void take_in(ui::Texts const&) {}

  protected:
    desk::Desk& desk_;
};

enum class Kind : std::uint8_t {
    touch,
    keypad,
    switches,
    blind,             // goes on as soon as what is wanted was named
    blind_to_the_end,  // hears each screen out
};
inline constexpr std::array kinds{Kind::touch, Kind::keypad, Kind::switches, Kind::blind};

std::string_view name(Kind kind);

std::unique_ptr<Way> make_way(Kind kind, desk::Desk& desk);

// One adult without contact, from the card to "recorded", in this deck. What was heard by who
// listens is checked on the way.
struct Effort {
    int acts = 0;
    int words = 0;                              // to be read before deciding; counted by touch only
    std::chrono::duration<double> to_begin{0};  // until the card is put in
    std::chrono::duration<double> took{0};      // from then on
};
Effort enrol(desk::Desk& desk, Kind kind, std::string_view deck);

}  // namespace journeys
