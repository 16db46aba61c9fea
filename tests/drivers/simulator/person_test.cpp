#include "drivers/simulator/person.hpp"

#include "tests/catch.hpp"

using namespace simulator;

namespace {

Person const luc{"EXEMPLE", "LUC", "19780514", "FRA", "178057599990175"};

std::string hex(base::Bytes const& file) { return base::to_hex(file); }

}  // namespace

TEST_CASE("a person becomes the bytes of the reference", "[simulator][person]") {
    CHECK(hex(identity_file({luc}, {})) == "651880074558454d504c4581034c554382083139373830353134");
    CHECK(hex(number_file({luc}, {})) == "65169003465241930f313738303537353939393930313735");
}

TEST_CASE("a person without number keeps a place in the list", "[simulator][person]") {
    auto child = luc;
    child.nir.reset();
    CHECK(hex(number_file({child}, {})) == "65059003465241");
    child.country.reset();
    CHECK(hex(number_file({child}, {})) == "6500");
}

TEST_CASE("a template beyond 127 bytes has the length form asked for", "[simulator][person]") {
    auto person = luc;
    person.name = std::string(120, 'A');
    CHECK(hex(identity_file({person}, {}))
              .starts_with("658189"
                           "8078"
                           "4141"));
    CHECK(hex(identity_file({person}, {.tags = {}, .lengths = Lengths::one_byte}))
              .starts_with("6589"
                           "8078"
                           "4141"));
}

TEST_CASE("tags of one and two bytes can be chosen", "[simulator][person]") {
    Encoding encoding;
    encoding.tags.person = 0x7F21;
    encoding.tags.name = 0xA0;
    CHECK(hex(identity_file({luc}, encoding)).starts_with("7f2118a007"));
}

TEST_CASE("the key of a number follows the published examples", "[simulator][person]") {
    CHECK(nir_key("2951099126111") == "93");
    CHECK(nir_key("253072A073004") == "43");
    CHECK(nir_key("253072B073004") == "70");
    CHECK(nir_key("1421962965167") == "94");
    CHECK(nir_key("2640797499909") == "09");
    CHECK_FALSE(nir_key("29510991261"));
    CHECK_FALSE(nir_key("29510991261C1"));
}

TEST_CASE("a person may be left out of one of the files", "[simulator][person]") {
    auto unlisted = luc;
    unlisted.in_number_file = false;
    CHECK(identity_file({unlisted, luc}, {}).size() == 2 * 26);
    CHECK(hex(number_file({unlisted, luc}, {})) == hex(number_file({luc}, {})));
    unlisted.in_identity_file = false;
    CHECK(identity_file({unlisted}, {}).empty());
}

TEST_CASE("text becomes ISO 8859-1 or is refused", "[simulator][person]") {
    auto const encoded = [](std::string_view text) {
        return to_charset(text, Charset::iso_8859_1);
    };
    CHECK(encoded("D'ALMÉIDA") == "D'ALM\xC9IDA");
    CHECK(encoded("ZOË¤") == "ZO\xCB\xA4");
    CHECK(encoded(std::string_view{"A\0B", 3}) == std::string{"A\0B", 3});
    for (auto const* text : {"CŒUR", "ŞAHİN", "😀", "\xC3", "\xC3(", "\xE2\x82", "\xFF"})
        CHECK_FALSE(encoded(text));
}

TEST_CASE("text becomes ISO 8859-15 where a profile says so", "[simulator][person]") {
    auto const encoded = [](std::string_view text) {
        return to_charset(text, Charset::iso_8859_15);
    };
    CHECK(encoded("CŒUR Ÿ") == "C\xBCUR \xBE");
    CHECK(encoded("€ŠšŽžœ") == "\xA4\xA6\xA8\xB4\xB8\xBD");
    CHECK(encoded("D'ALMÉIDA") == "D'ALM\xC9IDA");
    // Whose places the eight letters took.
    for (auto const* text : {"¤", "¦", "¨", "´", "¸", "¼", "½", "¾"})
        CHECK_FALSE(encoded(text));
}
