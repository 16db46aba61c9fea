#include "drivers/iso7816/tlv.hpp"

#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

using namespace iso7816;
using test_cards::hex;

namespace {

base::Bytes long_object(base::Bytes head, std::size_t length) {
    head.resize(head.size() + length, 0x41);
    return head;
}

}  // namespace

TEST_CASE("data objects follow each other until padding", "[iso7816]") {
    auto const bytes = hex("80 02 4142 5F37 01 43 81 00 00 80 05");
    auto const list = parse_tlv(bytes);
    REQUIRE(list);
    REQUIRE(list->size() == 3);
    CHECK(list->at(0).tag == 0x80);
    CHECK(base::to_text(list->at(0).value) == "AB");
    CHECK(list->at(1).tag == 0x5F37);
    CHECK(base::to_text(list->at(1).value) == "C");
    CHECK(list->at(2).tag == 0x81);
    CHECK(list->at(2).value.empty());
}

TEST_CASE("lengths are read in each of their forms", "[iso7816]") {
    auto const length_of = [](base::Bytes const& bytes, LengthForm form) {
        auto const list = parse_tlv(bytes, form);
        REQUIRE(list);
        REQUIRE(list->size() == 1);
        return list->front().value.size();
    };
    CHECK(length_of(long_object(hex("65 7F"), 127), LengthForm::ber) == 127);
    CHECK(length_of(long_object(hex("65 81 80"), 128), LengthForm::ber) == 128);
    CHECK(length_of(long_object(hex("65 82 01 2C"), 300), LengthForm::ber) == 300);
    CHECK(length_of(long_object(hex("65 81 05"), 5), LengthForm::ber) == 5);
    CHECK(length_of(long_object(hex("65 80"), 128), LengthForm::one_byte) == 128);
    CHECK(length_of(long_object(hex("65 FF"), 255), LengthForm::one_byte) == 255);
}

TEST_CASE("what is no data object is malformed", "[iso7816]") {
    auto const bytes = GENERATE("80", "80 03 4142", "65 81", "65 81 80 41", "65 82 01", "65 80 41",
                                "65 83 00 00 01 41", "5F", "1F 81 82 83 00", "FF FF FF FF FF");
    auto const list = parse_tlv(hex(bytes));
    REQUIRE_FALSE(list);
    CHECK(list.error().code == base::Errc::malformed);
}

TEST_CASE("no bytes and only padding are an empty list", "[iso7816]") {
    CHECK(parse_tlv({})->empty());
    CHECK(parse_tlv(base::Bytes(32, 0x00))->empty());
}

TEST_CASE("the first tag is seen before its object is whole", "[iso7816]") {
    CHECK(first_tag(hex("65 7F")) == 0x65);
    CHECK(first_tag(hex("7F 21 82")) == 0x7F21);
    CHECK(first_tag(hex("00 00")) == 0);
    CHECK_FALSE(first_tag({}));
    CHECK_FALSE(first_tag(hex("7F")));
}

TEST_CASE("padding shows that a list is whole", "[iso7816]") {
    CHECK(ends_with_padding(hex("80 01 41 00")));
    CHECK(ends_with_padding(hex("00 80 05")));
    CHECK_FALSE(ends_with_padding(hex("80 01 41")));
    CHECK_FALSE(ends_with_padding(hex("80 01 41 80 05 00")));
    CHECK_FALSE(ends_with_padding({}));
}

TEST_CASE("every cut of a list is either shorter or malformed, and never read beyond",
          "[iso7816]") {
    auto const whole = test_cards::identity("MODELE-FICTIF", "ANDRE", "19810409");
    for (std::size_t size = 1; size < whole.size(); ++size) {
        // A buffer of exactly this size: the address sanitizer sees one byte too far.
        base::Bytes const cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)};
        CHECK_FALSE(parse_tlv(cut));
        CHECK_FALSE(parse_tlv(cut, LengthForm::one_byte));
    }
    CHECK(parse_tlv(whole));
}
