#include "drivers/vitale/routes.hpp"

#include "tests/cards/played_card.hpp"
#include "tests/drivers/vitale/support.hpp"

#include <algorithm>

using namespace vitale_tests;

namespace {

PlayedCard played(std::string_view id) { return PlayedCard{shipped_profile(id)}; }

PlayedCard changed(std::string_view id, auto const& change) {
    auto profile = shipped_profile(id);
    change(profile);
    return PlayedCard{profile};
}

simulator::ElementaryFile& file_of(simulator::Profile& profile, std::uint16_t fid) {
    for (auto& application : profile.applications)
        for (auto& file : application.files)
            if (file.fid == fid) return file;
    throw std::invalid_argument{"no such file"};
}

void set_pointers(simulator::Profile& profile, std::vector<base::Bytes> const& files) {
    file_of(profile, 0x2001).content = pointer_list(
        {application_pointer(1, hex(root_aid)), application_pointer(2, hex(vitale_aid))}, files);
}

std::size_t count(PlayedCard const& card, std::string_view command) {
    return static_cast<std::size_t>(std::ranges::count(card.log, hex(command)));
}

}  // namespace

TEST_CASE("the files are found by the pointer file where short identifiers are refused",
          "[vitale][pointers]") {
    auto card =
        changed("P24", [](simulator::Profile& p) { p.rules.strict = GENERATE(false, true); });
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->number_file == NumberFile::read);
    REQUIRE(read_out->beneficiaries.size() == 1);
    CHECK(read_out->beneficiaries[0].family_name.utf8 == "POINTEUR");
    CHECK(read_out->beneficiaries[0].birth_date == "19830607");
    CHECK(read_out->beneficiaries[0].nir == "183063399892417");
}

TEST_CASE("the route of the pointer file costs nine commands, fourteen on a strict card",
          "[vitale][pointers]") {
    auto card = played("P24");
    REQUIRE(read(card));
    CHECK(card.log == std::vector{hex("00A404000B D250000002564954414C45 00"),  // VITALE
                                  hex("00B0820000"),                            // refused
                                  hex("00A40200022001 00"), hex("00B0000000"),
                                  hex("00A40200022002 00"), hex("00B0000000"),
                                  hex("00A404000E D2500000024D465F564954414C45 00"),
                                  hex("00A40200022F02 00"), hex("00B0000000")});
    auto strict = changed("P24", [](simulator::Profile& p) { p.rules.strict = true; });
    REQUIRE(read(strict));
    CHECK(strict.log.size() == 14);
}

TEST_CASE("a card that is read by short identifiers is never asked for its pointer file",
          "[vitale][pointers]") {
    auto card = changed("P24", [](simulator::Profile& p) {
        file_of(p, 0x2F02).sfi = 2;
        file_of(p, 0x2002).sfi = 2;
    });
    REQUIRE(read(card));
    CHECK(card.log.size() == 4);
    CHECK(count(card, "00A40200022001 00") == 0);
}

TEST_CASE("the pointer file is left alone where the configuration says so", "[vitale][pointers]") {
    auto card = played("P24");
    Configuration configuration;
    configuration.pointers.route = vitale::PointerRoute::never;
    CHECK(code_of(read(card, configuration)) == Errc::file_missing);
    CHECK(count(card, "00A40200022001 00") == 0);
}

TEST_CASE("another pointer file is a matter of configuration", "[vitale][pointers]") {
    auto card = changed("P24", [](simulator::Profile& p) { file_of(p, 0x2001).fid = 0x2A01; });
    CHECK(code_of(read(card)) == Errc::file_missing);
    Configuration configuration;
    configuration.pointers.file = 0x2A01;
    CHECK(read(card, configuration));
    configuration.pointers.file_tag = 0x81;
    CHECK(code_of(read(card, configuration)) == Errc::file_missing);
}

TEST_CASE("Le on SELECT of a listed file is a matter of configuration", "[vitale][pointers]") {
    auto card = changed("P24", [](simulator::Profile& p) { p.rules.select_with_le = false; });
    REQUIRE(read(card));
    CHECK(count(card, "00A40200022F02") == 1);
    Configuration configuration;
    configuration.select_listed_file = {iso7816::SelectAnswer::wanted};
    CHECK(code_of(read(card, configuration)) == Errc::file_missing);
}

TEST_CASE("one file by its short identifier, the other by the pointer file", "[vitale][pointers]") {
    auto const* id = GENERATE("P24f", "P24g");
    auto card = played(id);
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->number_file == NumberFile::read);
    CHECK(read_out->beneficiaries.at(0).nir == "183063399892417");
    CHECK(count(card, "00A40200022001 00") == 1);
}

TEST_CASE("only a file that begins with a person is read beyond its first block",
          "[vitale][pointers]") {
    auto card = played("P24b");
    REQUIRE(read(card));
    // Of the pointer file itself the second block, and of nothing else: 2014 has 600 bytes.
    CHECK(count(card, "00B0010000") == 1);
    CHECK(count(card, "00A40200022014 00") == 1);
    CHECK(count(card, "00A40200022002 00") == 1);
}

TEST_CASE("files of several blocks found by the pointer file are read up to their padding",
          "[vitale][pointers]") {
    auto card = played("P24k");
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->beneficiaries.size() == 12);
    CHECK(read_out->beneficiaries[11].nir == "176035999295352");
    CHECK(count(card, "00B0010000") == 2);
    CHECK(count(card, "00B0030000") == 0);
}

TEST_CASE("two files of a kind that disagree are never chosen between", "[vitale][pointers]") {
    auto const second = GENERATE(
        identity("POINTEUR", "HUGO", "19830608"), identity("POINTEUR", "HUGUES", "19830607"),
        joined({identity("POINTEUR", "HUGO", "19830607"), identity("AUTRE", "LEA", "20140203")}),
        number("283063399892417"), number("183063399892416"),
        joined({number("183063399892417"), number("")}));
    // Whether both come from the list, or one from its short identifier.
    auto const by_sfi = GENERATE(std::uint8_t{0}, std::uint8_t{2});
    auto card = changed("P24", [&](simulator::Profile& p) {
        set_pointers(p,
                     {file_pointer(1, 0x2F02), file_pointer(2, 0x2002), file_pointer(2, 0x2003)});
        p.applications[1].files.push_back({0x2003, 0, second, {}});
        file_of(p, 0x2002).sfi = by_sfi;
    });
    auto const read_out = read(card);
    CHECK(code_of(read_out) == Errc::malformed);
    CHECK(read_out.error().detail.ends_with("two that disagree"));
}

TEST_CASE("two files of a kind that agree are one", "[vitale][pointers]") {
    auto const second =
        padded(GENERATE(identity("POINTEUR", "HUGO", "19830607"), number("183063399892417")), 300);
    auto card = changed("P24", [&](simulator::Profile& p) {
        set_pointers(p,
                     {file_pointer(2, 0x2003), file_pointer(1, 0x2F02), file_pointer(2, 0x2002)});
        p.applications[1].files.push_back({0x2003, 0, second, {}});
    });
    CHECK(read(card));
}

TEST_CASE("a listed file of persons that is damaged is malformed", "[vitale][pointers]") {
    auto const damaged =
        GENERATE(hex("65 7F 80 01 41"), hex("65 05 80 09 41 42 43"), hex("65"),
                 object(0x65, object(0x82, "19830607")), object(0x65, object(0x93, "12345")));
    auto card = changed("P24", [&](simulator::Profile& p) {
        set_pointers(p,
                     {file_pointer(1, 0x2F02), file_pointer(2, 0x2002), file_pointer(2, 0x2003)});
        p.applications[1].files.push_back({0x2003, 0, damaged, {}});
    });
    CHECK(code_of(read(card)) == Errc::malformed);
}

TEST_CASE("a listed file of persons without end is malformed", "[vitale][pointers]") {
    auto endless = identity("POINTEUR", "HUGO", "19830607");
    endless.resize(5000, 0xFF);
    auto card =
        changed("P24", [&](simulator::Profile& p) { file_of(p, 0x2F02).content = endless; });
    CHECK(code_of(read(card)) == Errc::malformed);
}

TEST_CASE("what a pointer file leads to nowhere leaves the refusal of the first route",
          "[vitale][pointers]") {
    auto card = changed("P24", [](simulator::Profile& p) {
        auto const* what = GENERATE("no file", "no such file", "refused", "no application");
        if (what == std::string{"no file"}) set_pointers(p, {});
        if (what == std::string{"no such file"}) set_pointers(p, {file_pointer(1, 0x2F09)});
        if (what == std::string{"refused"}) file_of(p, 0x2F02).refusal = 0x6982;
        if (what == std::string{"no application"}) p.applications[0].aid.clear();
    });
    CHECK(code_of(read(card)) == Errc::file_missing);
}

TEST_CASE("a number file that is refused by both routes is refused", "[vitale][pointers]") {
    auto card = changed("P24f", [](simulator::Profile& p) {
        file_of(p, 0x2002).sfi = 2;
        file_of(p, 0x2002).refusal = 0x6982;
    });
    auto const read_out = read(card);
    REQUIRE(read_out);
    CHECK(read_out->number_file == NumberFile::refused);
    CHECK_FALSE(read_out->beneficiaries.at(0).nir);
}
