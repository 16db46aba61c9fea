#include "kiosk/ui/typesetter.hpp"
#include "kiosk/ui/written.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <algorithm>
#include <set>

#include <fribidi.h>

namespace {

// Where each character of UTF-8 text begins.
std::vector<std::size_t> beginnings(std::string_view text) {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) result.push_back(i);
    return result;
}

// The answer of FriBidi, an implementation of its own of Unicode's rules: for a paragraph from
// right to left, the beginning of each character in the order of the screen.
std::vector<std::size_t> order_of_fribidi(std::string_view text) {
    auto const begins = beginnings(text);
    std::vector<FriBidiChar> characters(text.size() + 1);
    auto const count =
        fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, text.data(),
                                   static_cast<FriBidiStrIndex>(text.size()), characters.data());
    REQUIRE(static_cast<std::size_t>(count) == begins.size());
    FriBidiParType direction = FRIBIDI_PAR_RTL;
    std::vector<FriBidiChar> visual(characters.size());
    std::vector<FriBidiStrIndex> logical(begins.size());
    REQUIRE(fribidi_log2vis(characters.data(), count, &direction, visual.data(), nullptr,
                            logical.data(), nullptr) != 0);
    std::vector<std::size_t> result;
    for (auto const index : logical)
        result.push_back(begins.at(static_cast<std::size_t>(index)));
    return result;
}

// Lam and alef are one sign: both begin where the first of them does.
std::vector<std::size_t> as_signs(std::vector<std::size_t> const& characters,
                                  std::vector<std::size_t> const& shown) {
    std::set<std::size_t> const signs(shown.begin(), shown.end());
    std::vector<std::size_t> result;
    for (auto const at : characters) {
        auto const after = signs.upper_bound(at);
        auto const sign = after == signs.begin() ? at : *std::prev(after);
        if (result.empty() || result.back() != sign) result.push_back(sign);
    }
    return result;
}

}  // namespace

TEST_CASE("Arabic lines stand in the order in which FriBidi puts them", "[ui]") {
    auto const typesetter = ui::Typesetter::open(ui::Theme{0.18});
    REQUIRE(typesetter.has_value());
    for (auto const& sentence : std::vector<std::string>{
             "ملفكم الطبي المشترك (DMP) مجاني.", "DMP هو ملف صحي.",
             "اتصلوا بالرقم 06 12 34 56 78 اليوم.",
             "اتصلوا بالرقم " + std::string{"06\u00A012\u00A034\u00A056\u00A078"} + ".",
             "بريدكم luc.exemple@laposte.net صحيح؟", "ولد يوم 14 مايو 1978.", "الثمن 12,50 € فقط.",
             "رقم +33 6 12 34 56 78 (محمول)", "الموقع www.dmp.fr أو التطبيق.", "صفحة 2 من 16",
             ui::left_to_right("1 78 05 ••• ••• ••")}) {
        INFO(sentence);
        auto const shown =
            typesetter->shown_order({.text = sentence, .width = 4000, .mirrored = true});
        CHECK(shown == as_signs(order_of_fribidi(sentence), shown));
    }
}

TEST_CASE("a line that is not told to run from right to left is shown in another order", "[ui]") {
    auto const typesetter = ui::Typesetter::open(ui::Theme{0.18});
    REQUIRE(typesetter.has_value());
    std::string const sentence = "ملفكم (DMP) مجاني.";
    auto const wrong = typesetter->shown_order({.text = sentence, .width = 4000});
    CHECK(wrong != as_signs(order_of_fribidi(sentence), wrong));
}

TEST_CASE("Arabic is printed without the vowels that its voice reads", "[ui]") {
    CHECK(ui::without_vowel_marks("مِلَفُّكُمْ (DMP)") == "ملفكم (DMP)");
    CHECK(ui::without_vowel_marks("Élodie, 3 €") == "Élodie, 3 €");
}
