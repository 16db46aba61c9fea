// Whoever reads with difficulty loses their place at a last line of one short word.
#include "tests/kiosk/ui/stage.hpp"

#include <string>
#include <vector>

namespace {

std::unique_ptr<samples::Stage> stage() { return samples::stage({400, 300}); }

std::vector<float> widths(ui::TextBlock const& block) {
    std::vector<float> result;
    for (auto const& line : block.lines)
        result.push_back(line.width);
    return result;
}

}  // namespace

TEST_CASE("balanced lines are as many as before, and of about one length", "[ui]") {
    auto const theatre = stage();
    auto const text = "Votre demande est enregistrée.";
    auto const& plain = theatre->words().block({text, ui::Type::title, 760});
    auto const& alike = theatre->words().block({.text = text,
                                                .type = ui::Type::title,
                                                .width = 760,
                                                .lines = ui::TextRequest::Lines::alike});
    CHECK(plain.lines.size() == 2);
    CHECK(alike.lines.size() == 2);
    CHECK(alike.widest_line < plain.widest_line);
}

TEST_CASE("no word is parted to make lines alike", "[ui]") {
    auto const theatre = stage();
    auto const widest = [&](std::string_view text, float width) {
        return theatre->words()
            .block({.text = text,
                    .type = ui::Type::title,
                    .width = width,
                    .lines = ui::TextRequest::Lines::alike})
            .widest_line;
    };
    auto const word = widest("L’enregistrement", 2000);
    for (float width = word + 4; width < 2 * word; width += 7)
        CHECK(widest("L’enregistrement a échoué.", width) >= word - 1);
}

TEST_CASE("each of several sentences ends in a line that is not much shorter", "[ui]") {
    auto const theatre = stage();
    auto const lines_in = [&](std::string_view text, float width) {
        return widths(theatre->words().block({text, ui::Type::body, width}));
    };
    // Room for all words of the first sentence but the last.
    auto const room = lines_in("Il réunit vos maladies, vos allergies et vos", 4000).front() + 10;
    auto const lines = lines_in("Il réunit vos maladies, vos allergies et vos soins.\n"
                                "Tout autre usage est interdit.",
                                room);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == lines_in("Il réunit vos maladies, vos allergies et", 4000).front());
    CHECK(lines[1] == lines_in("vos soins.", 4000).front());
}

TEST_CASE("words that have no room in one line are not kept together", "[ui]") {
    auto const theatre = stage();
    auto const lines_in = [&](std::string_view text, float width) {
        return widths(theatre->words().block({text, ui::Type::body, width}));
    };
    auto const whole = lines_in("À anticonstitutionnellement", 4000).front();
    auto const lines = lines_in("À anticonstitutionnellement non.\nIncompréhensible.", whole + 10);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == whole);
}
