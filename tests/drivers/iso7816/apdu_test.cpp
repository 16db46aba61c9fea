#include "drivers/iso7816/commands.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

using namespace iso7816;
using test_cards::hex;

TEST_CASE("commands are written as the published readers write them", "[iso7816]") {
    auto const aid = hex("D2 50 00 00 02 56 49 54 41 4C 45");
    CHECK(select_by_aid(aid).bytes() == hex("00A404000B D250000002564954414C45 00"));
    CHECK(select_by_aid(aid, SelectAnswer::not_wanted).bytes() ==
          hex("00A404000B D250000002564954414C45"));
    CHECK(select_file(master_file).bytes() == hex("00A40000023F00"));
    CHECK(select_file(master_file, SelectAnswer::wanted).bytes() == hex("00A40000023F0000"));
    CHECK(select_elementary_file(0x2001).bytes() == hex("00A4020002200100"));
    CHECK(select_elementary_file(0x2001, SelectAnswer::not_wanted).bytes() ==
          hex("00A40200022001"));
    CHECK(read_binary_sfi(2, 256).bytes() == hex("00B0820000"));
    CHECK(read_binary_sfi(30, 18).bytes() == hex("00B09E0012"));
    CHECK(read_binary_offset(256, 256).bytes() == hex("00B0010000"));
    CHECK(read_binary_offset(0x7FFF, 1).bytes() == hex("00B07FFF01"));
    CHECK(get_response(0x00, 24).bytes() == hex("00C0000018"));
}

TEST_CASE("a response is its data and its status word", "[iso7816]") {
    auto const response = ResponseApdu::parse(hex("0102 6A82"));
    REQUIRE(response);
    CHECK(response->data == hex("0102"));
    CHECK(response->sw == file_not_found);
    CHECK(to_string(response->sw) == "6a82");
    CHECK(ResponseApdu::parse(hex("9000"))->data.empty());
    CHECK(ResponseApdu::parse(base::Bytes(258, 0x90)).has_value());
}

TEST_CASE("a response that is none says malformed", "[iso7816]") {
    auto const size = GENERATE(0, 1, 259, 5000);
    auto const response = ResponseApdu::parse(base::Bytes(static_cast<std::size_t>(size), 0x90));
    REQUIRE_FALSE(response);
    CHECK(response.error().code == base::Errc::malformed);
}
