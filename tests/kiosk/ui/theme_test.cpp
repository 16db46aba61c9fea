#include "kiosk/ui/theme.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <utility>
#include <vector>

TEST_CASE("contrast is that of WCAG", "[ui]") {
    CHECK(std::abs(ui::contrast(ui::rgb(0x000000), ui::rgb(0xffffff)) - 21.0) < 0.01);
    CHECK(std::abs(ui::contrast(ui::rgb(0x777777), ui::rgb(0xffffff)) - 4.48) < 0.01);
}

namespace {

struct Pair {
    char const* name;
    ui::Colour text;
    ui::Colour ground;
};

// Every text that a screen may show, on its ground.
std::vector<Pair> texts(ui::Palette const& colours) {
    return {{"ink on paper", colours.ink, colours.paper},
            {"ink on card", colours.ink, colours.card},
            {"ink on tint", colours.ink, colours.main_tint},
            {"ink on attention", colours.ink, colours.attention_tint},
            {"marks on attention", colours.on_attention, colours.attention},
            {"soft ink on paper", colours.soft_ink, colours.paper},
            {"soft ink on card", colours.soft_ink, colours.card},
            {"soft ink on tint", colours.soft_ink, colours.main_tint},
            {"soft ink on attention", colours.soft_ink, colours.attention_tint},
            {"main on paper", colours.main, colours.paper},
            {"main on card", colours.main, colours.card},
            {"main on tint", colours.main, colours.main_tint},
            {"words on main", colours.on_main, colours.main},
            {"words on pressed", colours.on_main, colours.main_pressed},
            {"stop on paper", colours.stop, colours.paper},
            {"stop on card", colours.stop, colours.card}};
}

}  // namespace

TEST_CASE("every pair of text and ground has a contrast of 7, 20 on the strong theme's grounds, "
          "and 4.5 in the gentle one",
          "[ui]") {
    using journey::Contrast;
    for (auto const& [theme, least] :
         {std::pair{Contrast::usual, 7.0}, std::pair{Contrast::strong, 10.0},
          std::pair{Contrast::gentle, 4.5}})
        for (auto const& pair : texts(ui::palette(theme))) {
            INFO(pair.name << ", theme " << static_cast<int>(theme));
            CHECK(ui::contrast(pair.text, pair.ground) >= least);
        }
    auto const strong = ui::palette(Contrast::strong);
    for (auto const ground : {strong.paper, strong.card, strong.attention_tint})
        for (auto const text : {strong.ink, strong.soft_ink, strong.main})
            CHECK(ui::contrast(text, ground) >= 20.0);
}

TEST_CASE("edges that carry meaning have a contrast of 3 at least in every theme", "[ui]") {
    for (auto theme = journey::Contrast::usual;;) {
        auto const colours = ui::palette(theme);
        INFO("theme " << static_cast<int>(theme));
        CHECK(ui::contrast(colours.main, colours.paper) >= 3.0);
        CHECK(ui::contrast(colours.main, colours.card) >= 3.0);
        CHECK(ui::contrast(colours.ink, colours.attention_tint) >= 3.0);
        theme = journey::contrast_after(theme);
        if (theme == journey::Contrast::usual) break;
    }
}

TEST_CASE("measures become whole pixels, never none", "[ui]") {
    ui::Theme const theme{0.18};
    CHECK(theme.px(18) == 100.0F);
    CHECK(theme.px(0.01F) == 1.0F);
    CHECK(std::abs(theme.millimetres(100) - 18.0F) < 0.001F);
}
