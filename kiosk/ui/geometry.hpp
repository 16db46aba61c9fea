// Places on the screen: pixels, origin at the top left of the window.
#pragma once

namespace ui {

struct Size {
    float width = 0;
    float height = 0;
};

struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    float right() const { return x + width; }
    float bottom() const { return y + height; }
    float centre_x() const { return x + width / 2; }
    float centre_y() const { return y + height / 2; }

    Rect inset(float distance) const { return inset(distance, distance); }
    Rect inset(float horizontally, float vertically) const {
        return {x + horizontally, y + vertically, width - 2 * horizontally,
                height - 2 * vertically};
    }
    Rect moved(float right_by, float down_by) const {
        return {x + right_by, y + down_by, width, height};
    }
};

}  // namespace ui
