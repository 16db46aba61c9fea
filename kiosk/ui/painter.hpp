// Shapes and pictures of the frame being drawn, and where it is touched. The only door to ImGui
// besides the window.
#pragma once

#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/icons.hpp"
#include "kiosk/ui/text.hpp"
#include "kiosk/ui/texture.hpp"
#include "kiosk/ui/theme.hpp"

#include <functional>
#include <string>

namespace ui {

struct TouchState {
    bool pressed = false;    // a finger that went down here is here
    bool activated = false;  // it was just lifted here
};

class Painter {
  public:
    // Mirrored, what is placed on the left of the window appears on its right, each picture as it
    // is. `scope` makes equal widget ids of different screens different targets: a finger put down
    // on one screen and lifted on the next does nothing.
    Painter(Icons& icons, int scope, float window_width);
    ~Painter();
    Painter(Painter const&) = delete;
    Painter& operator=(Painter const&) = delete;

    void fill(Rect rect, Colour colour, float radius = 0);
    // The stroke lies within the rectangle.
    void outline(Rect rect, Colour colour, float radius, float thickness);
    void disc(float x, float y, float radius, Colour colour);
    void image(Texture const& texture, Rect rect, Colour tint);
    void words(TextBlock const& block, float x, float y);
    void clipped(Rect rect, std::function<void()> const& draw);

    TouchState touch(std::string const& id, Rect rect);

    void set_mirrored(bool mirrored) { mirrored_ = mirrored; }
    bool mirrored() const { return mirrored_; }
    // Silent, it neither draws nor takes touches: what is drawn is only measured.
    void set_silent(bool silent) { silent_ = silent; }

    // Where that is in the window.
    Rect placed(Rect rect) const;

  private:
    void fill_placed(Rect rect, Colour colour, float radius);
    // Places of a picture `side` wide, cut into the four corners of a rectangle.
    void corners(Texture const& disc, Rect rect, Colour colour);

    Icons& icons_;
    float window_width_;
    bool mirrored_ = false;
    bool silent_ = false;
};

}  // namespace ui
