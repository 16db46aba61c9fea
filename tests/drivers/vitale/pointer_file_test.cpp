#include "drivers/vitale/pointer_file.hpp"

#include "tests/drivers/vitale/support.hpp"

using namespace vitale_tests;
using vitale::parse_pointer_file;

namespace {

base::Bytes const vitale_name = hex(vitale_aid);
base::Bytes const root_name = hex(root_aid);
std::vector<base::Bytes> const both{application_pointer(1, root_name),
                                    application_pointer(2, vitale_name)};
std::vector<base::Bytes> const two_files{file_pointer(1, 0x2F02), file_pointer(2, 0x2002)};

// "aid: fid fid", application by application; the code of the error otherwise.
std::string parsed(base::Bytes const& file, Configuration const& configuration = {}) {
    auto const applications = parse_pointer_file(file, configuration);
    if (!applications) return std::string{base::name(applications.error().code)};
    std::string text;
    for (auto const& application : *applications) {
        text += application.aid == vitale_name ? "VITALE:"
                : application.aid == root_name ? "MF:"
                                               : base::to_hex(application.aid) + ":";
        for (auto const identifier : application.files)
            text += " " + base::to_hex(base::Bytes{static_cast<std::uint8_t>(identifier >> 8),
                                                   static_cast<std::uint8_t>(identifier & 0xFF)});
        text += ";";
    }
    return text;
}

}  // namespace

TEST_CASE("the published shape of a pointer file gives applications and files", "[vitale]") {
    CHECK(parsed(hex("E0 43 A0 25 82 12 00 01 00 00 D2 50 00 00 02 4D 46 5F 56 49 54 41 4C 45"
                     "82 0F 00 02 00 00 D2 50 00 00 02 56 49 54 41 4C 45"
                     "80 0C 49 44 45 4E 54 20 20 20 00 01 2F 02"
                     "80 0C 4E 49 52 20 20 20 20 20 00 02 20 02")) == "MF: 2f02;VITALE: 2002;");
}

TEST_CASE("padding, other objects and longer entries are passed over", "[vitale]") {
    auto const file = object(0xE0, joined({object(0x85, "X"), two_files[0],
                                           object(0xA0, joined({object(0x99, ""), both[0]})),
                                           object(0x80, "NAME    \x01\x01\x01\x01MORE")}));
    CHECK(parsed(padded(joined({object(0x66, "Y"), file}), 600)) == "MF: 2f02;");
}

TEST_CASE("each file is listed once, and a file without its application not at all", "[vitale]") {
    CHECK(parsed(pointer_list(both, {file_pointer(2, 0x2002), file_pointer(2, 0x2003),
                                     file_pointer(2, 0x2002), file_pointer(7, 0x4001)})) ==
          "MF:;VITALE: 2002 2003;");
    // The same application under two references.
    CHECK(parsed(pointer_list({both[0], both[1], application_pointer(3, vitale_name)},
                              {file_pointer(2, 0x2002), file_pointer(3, 0x2002),
                               file_pointer(3, 0x2004)})) == "MF:;VITALE: 2002 2004;");
}

TEST_CASE("a list beyond 127 bytes is read in any form of lengths", "[vitale]") {
    std::vector<base::Bytes> files;
    for (std::uint16_t i = 0; i < 7; ++i)
        files.push_back(file_pointer(2, static_cast<std::uint16_t>(0x2002 + i)));
    auto file = pointer_list(both, files);
    REQUIRE(file[1] == 0x81);
    auto const expected = "MF:;VITALE: 2002 2003 2004 2005 2006 2007 2008;";
    CHECK(parsed(file) == expected);
    file.erase(file.begin() + 1);
    CHECK(parsed(file) == expected);
    Configuration ber_only;
    ber_only.length_forms = {iso7816::LengthForm::ber};
    CHECK(parsed(file, ber_only) == "malformed");
    while (files.size() < 20)
        files.push_back(file_pointer(1, 0x2F02));
    file = pointer_list(both, files);
    REQUIRE(file[1] == 0x82);
    CHECK(parsed(file).starts_with("MF: 2f02;VITALE: 2002"));
}

TEST_CASE("a damaged or contradictory pointer file is malformed", "[vitale]") {
    auto const good = pointer_list(both, two_files);
    REQUIRE(parsed(good) != "malformed");
    auto file = good;
    SECTION("nothing") { file.clear(); }
    SECTION("zeros") { file = base::Bytes(64); }
    SECTION("FF") { file = base::Bytes(64, 0xFF); }
    SECTION("no list") { file = object(0x65, ""); }
    SECTION("two lists") { file = joined({good, good}); }
    SECTION("a list beyond the file") { file.resize(file.size() - 1); }
    SECTION("a pointer beyond the list") { file[file.size() - 13] = 0x20; }
    SECTION("an application without name") {
        file = pointer_list({application_pointer(1, {})}, two_files);
    }
    SECTION("an application with too long a name") {
        file = pointer_list({application_pointer(1, base::Bytes(17, 0xD2))}, two_files);
    }
    SECTION("an application shorter than its reference") {
        file = pointer_list({object(0x82, "X")}, two_files);
    }
    SECTION("a file without identifier") {
        file = pointer_list(both, {object(0x80, "FILE    12")});
    }
    SECTION("one reference for two applications") {
        file = pointer_list({both[0], application_pointer(1, vitale_name)}, two_files);
    }
    CHECK(parsed(file) == "malformed");
}

TEST_CASE("a list longer than allowed is malformed", "[vitale]") {
    auto const file = pointer_list(both, two_files);
    Configuration configuration;
    configuration.pointers.most_applications = 2;
    configuration.pointers.most_files = 2;
    CHECK(parsed(file, configuration) != "malformed");
    configuration.pointers.most_applications = 1;
    CHECK(parsed(file, configuration) == "malformed");
    configuration.pointers.most_applications = 2;
    configuration.pointers.most_files = 1;
    CHECK(parsed(file, configuration) == "malformed");
}

TEST_CASE("every cut of a pointer file is malformed, and never read beyond", "[vitale]") {
    auto const whole = pointer_list(both, two_files);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // A buffer of exactly this size: the address sanitizer sees one byte too far.
        base::Bytes const cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)};
        CHECK(parsed(cut) == "malformed");
    }
}
