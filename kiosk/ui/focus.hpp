// Where keys act: a keypad of nine keys or two switches move a visible focus over the widgets of
// the last frame, in reading order and round again. A finger makes it disappear.
#pragma once

#include "kiosk/ui/widget.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

enum class Key : std::uint8_t {
    right,  // the next widget; of two switches, the one that moves
    left,   // the one before
    down,   // the next line of widgets, as near below as there is one
    up,
    select,  // as a finger would; the other switch
    back,    // closes a panel, else goes back where the screen offers it
    help,
    louder,
    softer,
};

// The header and the comfort strip: they come first in reading order and last in what people want.
bool surrounds_every_screen(std::string_view id);

// What a frame needs of the focus.
struct FocusMark {
    std::string id;          // of the widget to be ringed; empty: none
    bool activated = false;  // it acts in this frame
};

class Focus {
  public:
    // After each frame. `instance` is another number for every screen instance: the focus then
    // begins at the first widget that belongs to the screen itself.
    void follow(Shown const& shown, std::uint64_t instance);

    void press(Key key);
    // A finger came: the keys are not in use.
    void hide() { visible_ = false; }

    // The widget that is ringed; empty when none is.
    std::string_view mark() const { return visible_ ? std::string_view{id_} : std::string_view{}; }
    // For the next frame; an activation is given once.
    FocusMark take_mark();

  private:
    struct Place {
        std::string id;
        Rect rect;
    };

    std::optional<std::size_t> position() const;
    std::size_t beginning() const;
    std::size_t in_line(bool below) const;
    bool activate(std::string_view id);

    std::vector<Place> places_;  // what can be focused, in reading order
    std::string id_;
    std::uint64_t instance_ = 0;
    bool visible_ = false;
    bool activated_ = false;
};

}  // namespace ui
