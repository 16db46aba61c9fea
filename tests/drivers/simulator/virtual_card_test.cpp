#include "tests/drivers/simulator/support.hpp"

using namespace simulator;

namespace {

auto const select_root = "00 A4 00 00 02 3F 00";
auto const read_sfi_2 = "00 B0 82 00 00";
std::string const luc_identity = "651880074558454d504c4581034c554382083139373830353134";
std::string const luc_number = "65169003465241930f313738303537353939393930313735";

VirtualCard card(std::string const& id) { return VirtualCard{shipped(id)}; }

Profile changed(std::string const& id, auto const& change) {
    auto profile = shipped(id);
    change(profile);
    return profile;
}

}  // namespace

TEST_CASE("P01 is read by the route of short identifiers", "[simulator][card]") {
    auto p01 = card("P01");
    CHECK(ask(p01, select_root) == "9000");
    CHECK(ask(p01, read_sfi_2) == luc_identity + std::string(2 * (128 - 26), '0') + "9000");
    CHECK(ask(p01, select_vitale) == "9000");
    CHECK(ask(p01, read_sfi_2) == luc_number + "9000");
}

TEST_CASE("P01 is read by file identifiers and offsets", "[simulator][card]") {
    auto p01 = card("P01");
    CHECK(ask(p01, "00 A4 04 00 0B D2 50 00 00 02 56 49 54 41 4C 45 00") ==
          "6f0d840bd25000000256495441"
          "4c45"
          "9000");
    CHECK(ask(p01, "00 A4 02 00 02 20 02 00") == "9000");
    CHECK(ask(p01, "00 B0 00 00 00") == luc_number + "9000");
    CHECK(ask(p01, "00 B0 00 05 04") == "524193"
                                        "0f"
                                        "9000");
    CHECK(ask(p01, "00 B0 00 17 10") == "35"
                                        "6282");
    CHECK(ask(p01, "00 B0 00 18 00") == "6b00");
    CHECK(ask(p01, "00 A4 02 00 02 2F 02") == "6a82");
}

TEST_CASE("P05 gives four persons and a number for the parents only", "[simulator][card]") {
    auto p05 = card("P05");
    CHECK(ask(p05, select_root) == "9000");
    auto const identity = p05.answer(bytes(read_sfi_2)).data;
    CHECK(identity.size() == 133);
    CHECK(base::to_hex(identity).starts_with("6520800d4d4f44454c452d4649435449468105414e445245"));
    CHECK(base::to_hex(identity).ends_with("81035a4f4582083230313430323033"));
    CHECK(ask(p05, select_vitale) == "9000");
    CHECK(ask(p05, read_sfi_2) == "65169003465241930f313831303433333939373930353335"
                                  "65169003465241930f323833303934343939363930363837"
                                  "65059003465241"
                                  "65059003465241"
                                  "9000");
}

TEST_CASE("P18 speaks T=0 by the letter", "[simulator][card]") {
    auto p18 = card("P18");
    CHECK(ask(p18, select_vitale) == "610f");
    CHECK(ask(p18, "00 C0 00 00 0F") == "6f0d840bd25000000256495441"
                                        "4c45"
                                        "9000");
    CHECK(ask(p18, read_sfi_2) == "6c18");
    CHECK(ask(p18, "00 B0 82 00 18") == "65169003465241930f313932303439333939363931393236"
                                        "9000");
    CHECK(ask(p18, select_root) == "6112");
    CHECK(ask(p18, read_sfi_2) == "6c1b");
    CHECK(ask(p18, "00 B0 82 00 1B") == "651980065354524943548105"
                                        "4b4152494d82083139393230343034"
                                        "9000");
    CHECK(ask(p18, "00 B0 82 1B 00") == "6b00");
}

TEST_CASE("the same card is friendly where only its rules differ", "[simulator][card]") {
    VirtualCard friendly{changed("P18", [](Profile& p) { p.rules.strict = false; })};
    CHECK(ask(friendly, select_vitale) == "9000");
    CHECK(ask(friendly, read_sfi_2).ends_with("9000"));
}

TEST_CASE("a strict card gives a response in pieces and forgets it", "[simulator][card]") {
    auto p18 = card("P18");
    CHECK(ask(p18, "00 C0 00 00 00") == "6985");
    CHECK(ask(p18, select_vitale) == "610f");
    CHECK(ask(p18, "00 C0 00 00 00") == "6c0f");
    CHECK(ask(p18, "00 C0 00 00 05") == "6f0d840bd2"
                                        "610a");
    CHECK(ask(p18, "00 C0 00 00 0A") == "50000002564954414c45"
                                        "9000");
    CHECK(ask(p18, "00 C0 00 00 0A") == "6985");
    CHECK(ask(p18, select_vitale) == "610f");
    CHECK(ask(p18, "00 B0 82 00 18").ends_with("9000"));
    CHECK(ask(p18, "00 C0 00 00 0F") == "6985");
}

TEST_CASE("a file of several blocks is read on and ends with 6B00", "[simulator][card]") {
    for (bool const strict : {false, true}) {
        VirtualCard long_card{changed("P01", [&](Profile& p) {
            p.rules.strict = strict;
            p.applications[0].files[0].content.resize(300, 0xAB);
        })};
        CHECK(long_card.answer(bytes(read_sfi_2)).data.size() == 256);
        if (strict) CHECK(ask(long_card, "00 B0 01 00 00") == "6c2c");
        CHECK(long_card.answer(bytes("00 B0 01 00 2C")).data.size() == 44);
        CHECK(ask(long_card, "00 B0 01 2C 00") == "6b00");
    }
}

TEST_CASE("a reset forgets what was selected", "[simulator][card]") {
    auto p01 = card("P01");
    CHECK(ask(p01, select_vitale) == "9000");
    CHECK(ask(p01, "00 A4 02 00 02 20 02") == "9000");
    p01.reset();
    CHECK(ask(p01, "00 B0 00 00 00") == "6986");
    CHECK(ask(p01, read_sfi_2).starts_with(luc_identity));
}

TEST_CASE("what the card does not know has its own status word", "[simulator][card]") {
    auto p01 = card("P01");
    CHECK(ask(p01, "80 A4 00 00 02 3F 00") == "6e00");
    CHECK(ask(p01, "00 20 00 01 00") == "6d00");
    CHECK(ask(p01, "00 A4 04 00 05 D2 50 00") == "6700");
    CHECK(ask(p01, "00 A4 05 00 02 3F 00") == "6a86");
    CHECK(ask(p01, "00 B0 83 00 00") == "6a82");
    CHECK(ask(p01, "00 B0") == "6700");
    // What Windows asks a card it does not know.
    CHECK(ask(p01, "00 A4 04 00 0B A0 00 00 03 97 43 49 44 5F 01 00") == "6a82");
    CHECK(ask(p01, "00 CA 7F 68 00") == "6a81");
}

TEST_CASE("rules, root and refusals follow the profile", "[simulator][card]") {
    VirtualCard odd{changed("P01", [](Profile& p) {
        p.rules.select_with_le = false;
        p.rules.unknown_file = 0x6A88;
        p.rules.past_end = 0x6A86;
        p.applications[0].fid = 0;
    })};
    CHECK(ask(odd, "00 A4 04 00 0B D2 50 00 00 02 56 49 54 41 4C 45 00") == "6700");
    CHECK(ask(odd, select_vitale) == "9000");
    CHECK(ask(odd, "00 B0 82 20 00") == "6a86");
    CHECK(ask(odd, select_root) == "6a88");
    CHECK(ask(odd, "00 A4 04 00 0E D2 50 00 00 02 4D 46 5F 56 49 54 41 4C 45") == "9000");
    auto p23 = card("P23");
    CHECK(ask(p23, select_vitale) == "9000");
    CHECK(ask(p23, read_sfi_2) == "6982");
    CHECK(ask(p23, select_root) == "9000");
    CHECK(ask(p23, read_sfi_2).ends_with("9000"));
}

TEST_CASE("P24 is read by its pointer file only", "[simulator][card]") {
    auto p24 = card("P24");
    CHECK(ask(p24, read_sfi_2) == "6a82");
    CHECK(ask(p24, select_vitale) == "9000");
    CHECK(ask(p24, read_sfi_2) == "6a82");
    CHECK(ask(p24, "00 A4 02 00 02 20 01 00") == "9000");
    CHECK(ask(p24, "00 B0 00 00 00").starts_with("e043a025"));
    CHECK(ask(p24, "00 A4 02 00 02 20 02 00") == "9000");
    CHECK(ask(p24, "00 B0 00 00 00").starts_with("65"));
}

TEST_CASE("a Vitale 1 refuses ISO commands and gives words of its memory", "[simulator][card]") {
    auto p16 = card("P16");
    CHECK(base::to_hex(shipped("P16").atr) == "3f6525002209699000");
    CHECK(ask(p16, select_root) == "6e00");
    CHECK(ask(p16, "BC A4 00 00 02 3F 00") == "6d00");
    CHECK(ask(p16, "BC B0 02 F0 04") == "3ffff4709000");
    CHECK(ask(p16, "BC B0 02 F8 04") == "089843ff9000");
    CHECK(ask(p16, "BC B0 02 E8 04") == "6b00");
    CHECK(ask(p16, "BC B0 03 10 08") == "6b00");
}

TEST_CASE("other cards have no VITALE application", "[simulator][card]") {
    auto p17 = card("P17");
    CHECK(ask(p17, select_root) == "9000");
    CHECK(ask(p17, select_vitale) == "6a82");
    CHECK(ask(p17, read_sfi_2) == "6a82");
    for (auto const* id : {"P17b", "P19"}) {
        auto other = card(id);
        CHECK(ask(other, select_root) == "6a82");
        CHECK(ask(other, select_vitale) == "6a82");
    }
}
