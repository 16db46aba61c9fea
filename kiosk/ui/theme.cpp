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

Palette palette(journey::Contrast contrast) {
    switch (contrast) {
    case journey::Contrast::usual: return {};
    case journey::Contrast::strong:
        return {.ink = rgb(0xffffff),
                .soft_ink = rgb(0xffffff),
                .paper = rgb(0x000000),
                .card = rgb(0x000000),
                .main = rgb(0xffffff),
                .main_pressed = rgb(0xffd84d),
                .main_tint = rgb(0x1c1c1c),
                .on_main = rgb(0x000000),
                .attention = rgb(0xffd84d),
                .on_attention = rgb(0x000000),
                .attention_tint = rgb(0x000000),
                .stop = rgb(0xffb4a9),
                .hairline = rgb(0x8c8c8c),
                .veil = rgb(0x000000).with_alpha(200)};
    case journey::Contrast::gentle:
        return {.ink = rgb(0x4b4a44),
                .soft_ink = rgb(0x55544d),
                .paper = rgb(0xe6dfcf),
                .card = rgb(0xece6d8),
                .main = rgb(0x3d5f5c),
                .main_pressed = rgb(0x335250),
                .main_tint = rgb(0xdcdccb),
                .on_main = rgb(0xf4efe2),
                .attention = rgb(0xd9ae55),
                .on_attention = rgb(0x2f2e29),
                .attention_tint = rgb(0xeadfbf),
                .stop = rgb(0x8a3a33),
                .hairline = rgb(0xc9c2b0),
                .veil = rgb(0x4b4a44).with_alpha(150)};
    }
    return {};
}

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
