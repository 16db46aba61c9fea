#include "tests/kiosk/ui/stage.hpp"

#include <string>

namespace {

std::unique_ptr<samples::Stage> stage() { return samples::stage({400, 300}); }

constexpr std::string_view long_name = "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE";

}  // namespace

TEST_CASE("what must be read has capitals of 6.1 mm, for 500 mm of distance", "[ui]") {
    auto const theatre = stage();
    for (auto const type : {ui::Type::title, ui::Type::heading, ui::Type::lead, ui::Type::body,
                            ui::Type::strong, ui::Type::action, ui::Type::link})
        CHECK(theatre->theme().millimetres(theatre->words().capital_height(type)) >= 6.1F);
    // "Small" is for captions: type of 5.5 mm at least.
    CHECK(ui::style(ui::Type::small).size >= 5.5F);
}

TEST_CASE("a text wider than its column is broken into lines that fit", "[ui]") {
    auto const theatre = stage();
    for (float const width : {200.0F, 300.0F, 900.0F}) {
        auto const& block = theatre->words().block({long_name, ui::Type::title, width});
        CHECK(block.widest_line <= width);
        CHECK(block.ink.right() <= width + 2);
        CHECK(block.ink.bottom() <= block.height + 2);
    }
    CHECK(theatre->words().block({long_name, ui::Type::title, 300}).lines.size() > 1);
}

TEST_CASE("a marked word is bold and its marks are not shown", "[ui]") {
    auto const theatre = stage();
    auto const width = [&](std::string_view text, bool marked) {
        return theatre->words().block({.text = text, .width = 2000, .marked = marked}).widest_line;
    };
    CHECK(width("Je suis **LUC**", true) > width("Je suis LUC", true));
    CHECK(width("Je suis **LUC**", true) < width("Je suis **LUC**", false));
}

TEST_CASE("the text cache is bounded, and empty after wipe", "[ui]") {
    auto const theatre = stage();
    auto& words = theatre->words();
    for (int i = 0; i < 3000; ++i) {
        static_cast<void>(words.block({"Ligne " + std::to_string(i), ui::Type::hero, 900}));
        words.trim();
        REQUIRE(words.entries() <= ui::TextRenderer::most_entries);
        REQUIRE(words.bytes() <= ui::TextRenderer::most_bytes);
    }
    CHECK(words.entries() > 10);
    words.wipe();
    CHECK(words.entries() == 0);
    CHECK(words.bytes() == 0);
    // And it still works.
    CHECK(words.block({"Encore", ui::Type::body, 300}).texture);
}

TEST_CASE("where pictures are given back, what was measured stays", "[ui]") {
    auto const theatre = stage();
    auto& words = theatre->words();
    ui::TextRequest const first{"Première", ui::Type::body, 300};
    CHECK(words.block(first).texture);
    for (int i = 0; i < 500; ++i)
        static_cast<void>(words.block({"Ligne " + std::to_string(i), ui::Type::hero, 900}));
    auto const before = words.entries();
    REQUIRE(words.bytes() > ui::TextRenderer::most_bytes);
    words.trim();
    CHECK(words.entries() == before);
    CHECK_FALSE(words.block(first, ui::Use::measured).texture);
    CHECK(words.block(first).texture);
}

TEST_CASE("the same text is rendered once", "[ui]") {
    auto const theatre = stage();
    auto const* const first = &theatre->words().block({"Oui", ui::Type::action, 300});
    auto const* const again = &theatre->words().block({"Oui", ui::Type::action, 300});
    CHECK(first == again);
}

TEST_CASE("a text has a picture in each colour in which it is written", "[ui]") {
    auto const theatre = stage();
    auto& words = theatre->words();
    ui::TextRequest request{"Continuer", ui::Type::action, 300};
    auto const* const dark = words.block(request).texture.get();
    request.colour = ui::rgb(0xffffff);
    CHECK(words.block(request).texture.get() != dark);
    CHECK(words.entries() == 2);
}

TEST_CASE("a text that is only measured has no picture until it is painted", "[ui]") {
    auto const theatre = stage();
    ui::TextRequest const request{"Mesuré", ui::Type::body, 300};
    auto const& measured = theatre->words().block(request, ui::Use::measured);
    CHECK_FALSE(measured.texture);
    CHECK(measured.ink.width > 0);
    auto const height = measured.height;
    auto const& painted = theatre->words().block(request);
    CHECK(painted.texture);
    CHECK(painted.height == height);
    // What is measured again keeps its picture.
    CHECK(theatre->words().block(request, ui::Use::measured).texture);
}
