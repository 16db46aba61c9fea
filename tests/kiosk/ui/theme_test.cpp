#include "kiosk/ui/theme.hpp"
#include "tests/catch.hpp"

#include <cmath>

TEST_CASE("contrast is that of WCAG", "[ui]") {
    CHECK(std::abs(ui::contrast(ui::rgb(0x000000), ui::rgb(0xffffff)) - 21.0) < 0.01);
    CHECK(std::abs(ui::contrast(ui::rgb(0x777777), ui::rgb(0xffffff)) - 4.48) < 0.01);
}

TEST_CASE("every pair of text and ground has a contrast of 7 at least", "[ui]") {
    ui::Palette const colours;
    struct Pair {
        char const* name;
        ui::Colour text;
        ui::Colour ground;
    };
    for (auto const& pair :
         {Pair{"ink on paper", colours.ink, colours.paper},
          Pair{"ink on card", colours.ink, colours.card},
          Pair{"ink on tint", colours.ink, colours.main_tint},
          Pair{"ink on attention", colours.ink, colours.attention_tint},
          Pair{"soft ink on paper", colours.soft_ink, colours.paper},
          Pair{"soft ink on card", colours.soft_ink, colours.card},
          Pair{"soft ink on tint", colours.soft_ink, colours.main_tint},
          Pair{"soft ink on attention", colours.soft_ink, colours.attention_tint},
          Pair{"main on paper", colours.main, colours.paper},
          Pair{"main on card", colours.main, colours.card},
          Pair{"main on tint", colours.main, colours.main_tint},
          Pair{"white on main", colours.on_main, colours.main},
          Pair{"white on pressed", colours.on_main, colours.main_pressed},
          Pair{"stop on card", colours.stop, colours.card}}) {
        INFO(pair.name);
        CHECK(ui::contrast(pair.text, pair.ground) >= 7.0);
    }
}

TEST_CASE("edges that carry meaning have a contrast of 3 at least", "[ui]") {
    ui::Palette const colours;
    CHECK(ui::contrast(colours.main, colours.paper) >= 3.0);
    CHECK(ui::contrast(colours.main, colours.card) >= 3.0);
    CHECK(ui::contrast(colours.ink, colours.attention_tint) >= 3.0);
}

TEST_CASE("measures become whole pixels, never none", "[ui]") {
    ui::Theme const theme{0.18};
    CHECK(theme.px(18) == 100.0F);
    CHECK(theme.px(0.01F) == 1.0F);
    CHECK(std::abs(theme.millimetres(100) - 18.0F) < 0.001F);
}
