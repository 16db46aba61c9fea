#include "drivers/vitale/nir.hpp"

#include "tests/catch.hpp"

#include <string>

using vitale::Nir;

TEST_CASE("published and invented numbers have the key they were given", "[vitale]") {
    auto const& [digits, key] = GENERATE(table<std::string, std::string>({
        // Published: the library that documents them, a test card, an algorithm's description.
        {"2951099126111", "93"},
        {"253072A073004", "43"},
        {"253072B073004", "70"},
        {"1421962965167", "94"},  // month 19
        {"1500815051040", "18"},
        // From the official sample of the former INS-C identifier.
        {"1610275754289", "92"},
        {"1650177851044", "71"},
        {"2790351215188", "90"},
        {"285072B502024", "65"},
        {"265112A571315", "79"},
        {"121092A220868", "08"},
        {"127112B110647", "93"},
        {"2490521031346", "04"},
        {"2291288390042", "73"},
        {"1780807858250", "50"},
        {"1231111062689", "33"},
        {"2410895793085", "97"},
        {"2500271503558", "93"},
        {"2760791622005", "95"},
        // The invented test cards.
        {"1780575999901", "75"},
        {"2851169995902", "59"},
        {"190032A999903", "92"},
        {"272082B998904", "90"},
        {"1810433997905", "35"},
        {"2830944996906", "87"},
        {"1551799998907", "91"},
        {"1589999998917", "82"},
        {"2970413995908", "89"},
        {"2640797499909", "09"},
        {"1640759994910", "08"},
        {"1700262999911", "81"},
        {"2880935998912", "19"},
        {"7950699998913", "74"},
        {"8951199998914", "06"},
        {"3010599997915", "42"},
        {"5555550000016", "61"},
        {"1120375999915", "62"},
        {"1470267992918", "15"},
        {"1920493996919", "26"},
        {"2051031995920", "24"},
    }));
    auto const nir = Nir::parse(digits + key);
    REQUIRE(nir);
    CHECK(nir->digits() == digits);
    CHECK(nir->key() == key);
    CHECK(nir->text() == digits + key);
}

TEST_CASE("any other key is refused", "[vitale]") {
    for (int wrong = 0; wrong < 100; ++wrong) {
        if (wrong == 75) continue;
        auto const key =
            std::string{static_cast<char>('0' + wrong / 10), static_cast<char>('0' + wrong % 10)};
        auto const nir = Nir::parse("1780575999901" + key);
        REQUIRE_FALSE(nir);
        CHECK(nir.error().code == base::Errc::malformed);
        CHECK(nir.error().detail == "NIR: wrong key");
    }
    CHECK_FALSE(Nir::parse("170026299991118"));  // two digits of the key swapped
}

TEST_CASE("what is no number is refused, and its digits do not appear in the error", "[vitale]") {
    auto const text =
        GENERATE(as<std::string>{}, "", "1780575999901", "1780575999901 75", "17805759999017",
                 "1780575999901755", "17805759999O175", "1780575999901-5", "190032C99990392",
                 "190032a99990392", "A78057599990175", "078057599990197", "978057599990175",
                 "19003A299990392", "               ");
    auto const nir = Nir::parse(text);
    REQUIRE_FALSE(nir);
    CHECK(nir.error().code == base::Errc::malformed);
    CHECK(nir.error().detail.find_first_of("0123456789") ==
          (nir.error().detail == "NIR: not 15 characters" ? 9 : std::string::npos));
}

TEST_CASE("the first digits tell the class", "[vitale]") {
    auto const class_of = [](std::string const& text) { return Nir::parse(text)->number_class(); };
    CHECK(class_of("178057599990175") == Nir::Class::man);
    CHECK(class_of("285116999590259") == Nir::Class::woman);
    CHECK(class_of("301059999791542") == Nir::Class::provisional);
    CHECK(class_of("795069999891374") == Nir::Class::provisional);
    CHECK(class_of("895119999891406") == Nir::Class::provisional);
    CHECK(class_of("555555000001661") == Nir::Class::agricultural_provisional);
    // 4, 5 and 6 from digits with the key reckoned here, so that the table above is not the only
    // source.
    auto const with_key = [](std::string const& digits) {
        auto const key = 97 - std::stoll(digits) % 97;
        return digits + (key < 10 ? "0" : "") + std::to_string(key);
    };
    CHECK(class_of(with_key("4010599997915")) == Nir::Class::provisional);
    CHECK(class_of(with_key("5010599997915")) == Nir::Class::migrant);
    CHECK(class_of(with_key("6010599997915")) == Nir::Class::migrant);
    CHECK(class_of(with_key("5555545000016")) == Nir::Class::migrant);
}
