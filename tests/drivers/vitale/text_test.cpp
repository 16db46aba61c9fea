#include "drivers/vitale/text.hpp"

#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

using test_cards::hex;
using vitale::Charset;
using vitale::decode;

TEST_CASE("accents come out as UTF-8, the bytes of the card stay", "[vitale]") {
    auto const raw = hex("44 27 41 4C 4D C9 49 44 41 2D 53 50 C9 43 49 4D 45 4E");
    auto const name = decode(raw, Charset::iso_8859_1);
    CHECK(name.utf8 == "D'ALMÉIDA-SPÉCIMEN");
    CHECK(name.raw == raw);
    CHECK_FALSE(name.doubtful);
    CHECK(decode(hex("46 52 41 4E C7 4F 49 53 45 2D 5A 4F CB"), Charset::iso_8859_1).utf8 ==
          "FRANÇOISE-ZOË");
}

TEST_CASE("only the spaces around a name are taken away", "[vitale]") {
    auto const name = decode(base::to_bytes("  DE LA TOUR   "), Charset::iso_8859_1);
    CHECK(name.utf8 == "DE LA TOUR");
    CHECK(name.raw.size() == 15);
    CHECK(decode(base::to_bytes("   "), Charset::iso_8859_1).utf8.empty());
    CHECK(decode({}, Charset::iso_8859_1).utf8.empty());
}

TEST_CASE("a ligature of the other character set is flagged in one and read in the other",
          "[vitale]") {
    auto const raw = hex("BC 55 56 52 45 BE");
    auto const as_latin_1 = decode(raw, Charset::iso_8859_1);
    CHECK(as_latin_1.utf8 == "¼UVRE¾");
    CHECK(as_latin_1.doubtful);
    auto const as_latin_9 = decode(raw, Charset::iso_8859_15);
    CHECK(as_latin_9.utf8 == "ŒUVREŸ");
    CHECK_FALSE(as_latin_9.doubtful);
    CHECK(decode(hex("A4 A6 A8 B4 B8 BD"), Charset::iso_8859_15).utf8 == "€ŠšŽžœ");
    CHECK(decode(hex("A4"), Charset::iso_8859_15).doubtful);
}

TEST_CASE("a control character is shown as unreadable and flagged", "[vitale]") {
    auto const control = GENERATE("00", "07", "1B", "7F", "80", "9F");
    auto const name = decode(hex(std::string{"4D "} + control + " 45"), Charset::iso_8859_1);
    CHECK(name.utf8 == "M\uFFFDE");
    CHECK(name.doubtful);
}

TEST_CASE("signs that no name has are flagged", "[vitale]") {
    auto const text = GENERATE("DUPONT1", "DUPONT?", "<DUPONT>", "\xD7", "\xF7", "DUPONT\xA0");
    CHECK(decode(base::to_bytes(text), Charset::iso_8859_1).doubtful);
}
