#include "kiosk/ui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

// WCAG 2.1, definition of relative luminance.
double linear(std::uint8_t channel) {
    double const value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

}  // namespace

double contrast(Colour a, Colour b) {
    double const one = luminance(a) + 0.05;
    double const other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

float Theme::px(float millimetres) const {
    return std::max(1.0F, std::round(millimetres * scale_ / mm_per_pixel_));
}

float Theme::px(Target target) const {
    return std::ceil(std::max(target.millimetres * scale_, target.least) / mm_per_pixel_);
}

}  // namespace ui
