// The tokens of the look: colours, type and measures in millimetres, so that they hold on any
// panel.
#pragma once

#include "kiosk/journey/comfort.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace ui {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;

    constexpr Colour with_alpha(std::uint8_t value) const { return {red, green, blue, value}; }
    friend constexpr bool operator==(Colour const&, Colour const&) = default;
};

constexpr Colour rgb(std::uint32_t value) {
    return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
            static_cast<std::uint8_t>(value)};
}

// WCAG 2.1 contrast ratio, from 1 to 21.
double contrast(Colour a, Colour b);

struct Palette {
    Colour ink = rgb(0x14233b);
    Colour soft_ink = rgb(0x424e66);
    Colour paper = rgb(0xf7f5f0);
    Colour card = rgb(0xffffff);
    Colour main = rgb(0x0b5357);
    Colour main_pressed = rgb(0x073b3e);
    Colour main_tint = rgb(0xe3efee);
    Colour on_main = rgb(0xffffff);
    Colour attention = rgb(0xf5b93e);
    Colour on_attention = rgb(0x14233b);
    Colour attention_tint = rgb(0xfdf1d6);
    Colour stop = rgb(0x9c1f1c);
    Colour hairline = rgb(0xd9d4c7);  // decoration only
    Colour veil = rgb(0x14233b).with_alpha(150);

    friend constexpr bool operator==(Palette const&, Palette const&) = default;
};

// Themes change colours only.
Palette palette(journey::Contrast contrast);

enum class Type : std::uint8_t {
    hero,     // the attract screen's three lines
    title,    // one question a screen
    heading,  // in a card
    lead,
    body,
    strong,  // body, for what the eye must find
    action,
    link,
    figures,  // a number to be looked at again
    reference,
    small,  // captions; never for what must be read
    small_strong,
    caption,  // the comfort strip's
};
inline constexpr std::size_t type_count = static_cast<std::size_t>(Type::caption) + 1;

enum class Weight : std::uint8_t { regular, semibold, bold };

struct TypeStyle {
    float size;     // of the type, in millimetres
    float leading;  // line height as a multiple of the size
    Weight weight;
    bool tabular = false;  // digits of one width
    // How much of a larger text size it takes: what is large already grows less.
    float growth = 1.0F;
};

// Body type is 8.4 mm so that a capital H is 6.1 mm high: 0.7 degrees of sight at 500 mm (V-05).
inline constexpr std::array<TypeStyle, type_count> type_styles{{
    {20.0F, 1.14F, Weight::bold, false, 0.3F},     // hero
    {13.5F, 1.14F, Weight::bold, false, 0.5F},     // title
    {9.6F, 1.2F, Weight::bold, false, 0.9F},       // heading
    {9.0F, 1.4F, Weight::regular},                 // lead
    {8.4F, 1.4F, Weight::regular},                 // body
    {8.4F, 1.4F, Weight::semibold},                // strong
    {9.6F, 1.2F, Weight::semibold, false, 0.9F},   // action
    {8.4F, 1.25F, Weight::semibold},               // link
    {17.5F, 1.2F, Weight::semibold, false, 0.2F},  // figures
    {12.0F, 1.2F, Weight::bold, true, 0.6F},       // reference
    {6.6F, 1.35F, Weight::regular},                // small
    {6.6F, 1.35F, Weight::semibold},               // small_strong
    {5.6F, 1.1F, Weight::semibold},                // caption
}};

// At least, where Arabic is written: its vowel and hamza signs reach higher than capitals, its dots
// lower than descenders, and those of two lines must not touch.
inline constexpr float arabic_leading = 1.32F;

constexpr TypeStyle const& style(Type type) { return type_styles[static_cast<std::size_t>(type)]; }

// Body capitals of 6.1, 7.1, 8.1 and 9.2 mm: the largest is above what VVSG 2.0 7.1-G asks of the
// extra-large text of voting machines (8.5 mm).
inline constexpr std::array<float, journey::text_size_count> text_scales{1.0F, 1.17F, 1.33F, 1.5F};

// Of the type, in millimetres.
constexpr float type_size(Type type, journey::TextSize size) {
    auto const more = text_scales[static_cast<std::size_t>(size)] - 1;
    return style(type).size * (1 + more * style(type).growth);
}

// The size of something touched: it shrinks with the reader's distance, but fingers do not.
struct Target {
    float millimetres;
    float least;
};

namespace mm {

inline constexpr float margin = 11.5F;
inline constexpr float gap = 6.0F;
inline constexpr Target least_gap{3.0F, 3.0F};       // between two targets
inline constexpr Target least_target{12.0F, 12.0F};  // of anything that can be touched
inline constexpr Target main_target{20.0F, 20.0F};
inline constexpr Target main_action{24.0F, main_target.least};
inline constexpr Target other_action{20.0F, 14.0F};
inline constexpr Target link_action{14.0F, least_target.least};
inline constexpr float radius = 5.0F;
inline constexpr float outline = 0.7F;
inline constexpr float hairline = 0.4F;
inline constexpr float focus_gap = 2.2F;  // from the widget to the outer edge of its ring
inline constexpr float focus_ring = 1.5F;
inline constexpr float card_padding = 8.0F;
inline constexpr float header_top = 10.0F;
inline constexpr float flat_header_top = 5.5F;              // in landscape
inline constexpr Target header{18.0F, least_target.least};  // height of the help pill
inline constexpr float below_header = 9.0F;                 // to the title
inline constexpr float flat_below_header = 3.5F;
inline constexpr Target comfort_field{20.0F, 12.0F};       // height of the strip's targets
inline constexpr Target flat_comfort_field{14.0F, 12.0F};  // likewise in landscape
inline constexpr float comfort_margin = 6.0F;              // around the strip
inline constexpr float flat_comfort_margin = 2.0F;
inline constexpr float page_counter = 12.0F;
inline constexpr Target key_height{17.0F, least_target.least};
inline constexpr float flat_panel = 160.0F;      // below this height, really measured
inline constexpr float actions_beside = 118.0F;  // their width in landscape

}  // namespace mm

// The measures hold for a reader at this distance. A small panel is read from nearer, and all but
// the targets shrink with it: letters are then seen under the same angle.
inline constexpr double usual_distance_mm = 500;

class Theme {
  public:
    explicit Theme(double mm_per_pixel, double distance_mm = usual_distance_mm,
                   Palette palette = {})
        : mm_per_pixel_(static_cast<float>(mm_per_pixel)),
          scale_(static_cast<float>(distance_mm / usual_distance_mm)), palette_(palette) {}

    // Whole pixels, so that edges are sharp.
    float px(float millimetres) const;
    float px(Target target) const;
    float millimetres(float pixels) const { return pixels * mm_per_pixel_; }
    // As it is on the panel, whoever looks at it from where.
    float real_px(double millimetres) const {
        return static_cast<float>(millimetres) / mm_per_pixel_;
    }
    Palette const& palette() const { return palette_; }
    void use(Palette const& palette) { palette_ = palette; }

  private:
    float mm_per_pixel_;
    float scale_;
    Palette palette_;
};

}  // namespace ui
