#include "drivers/simulator/profile.hpp"

#include "drivers/simulator/person.hpp"
#include "tests/drivers/simulator/support.hpp"

#include <fstream>

#include <unistd.h>

using namespace simulator;

namespace {

// A profile file with this text, gone at the end.
class File {
  public:
    explicit File(std::string_view text) {
        auto pattern = (std::filesystem::temp_directory_path() / "profile.XXXXXX").native();
        folder_ = ::mkdtemp(pattern.data());
        path = folder_ / "P99.toml";
        std::ofstream{path} << text;
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() { std::filesystem::remove_all(folder_); }

    std::filesystem::path path;

  private:
    std::filesystem::path folder_;
};

std::string const good = R"(title = "One"
tests = "Something"
[[person]]
name = "EXEMPLE"
first_name = "LUC"
birth_date = "19780514"
nir = "1780575999901 75"
)";

// What is said, after the file's name, when one line of the good profile is replaced.
std::string problem(std::string_view line, std::string_view replacement) {
    auto text = good;
    auto const at = text.find(line);
    REQUIRE(at != std::string::npos);
    text.replace(at, line.size(), replacement);
    File const file{text};
    auto const profile = read_profile(file.path);
    REQUIRE_FALSE(profile);
    auto const prefix = file.path.native() + ": ";
    REQUIRE(profile.error().detail.starts_with(prefix));
    return profile.error().detail.substr(prefix.size());
}

std::string appended(std::string const& text) { return problem("75\"\n", "75\"\n" + text); }

base::Bytes const& file_of(Profile const& profile, std::size_t application) {
    return profile.applications.at(application).files.back().content;
}

}  // namespace

TEST_CASE("every shipped profile loads and says what it is for", "[simulator][profile]") {
    auto const profiles = read_profiles(SIMULATOR_PROFILES);
    INFO((profiles ? "" : base::describe(profiles.error())));
    REQUIRE(profiles);
    CHECK(profiles->size() >= 60);
    for (auto const& profile : *profiles) {
        INFO(profile.id);
        CHECK(profile.tests.size() > 10);
        CHECK(profile.tests.size() <= 100);  // the panel shows it whole
    }
}

TEST_CASE("nobody on a shipped card can exist", "[simulator][profile]") {
    // The commune or country of birth is 99x, which the register never gives out.
    auto const profiles = read_profiles(SIMULATOR_PROFILES);
    REQUIRE(profiles);
    std::size_t numbers = 0;
    for (auto const& profile : *profiles) {
        if (profile.kind != Kind::vitale_2) continue;
        auto const text = base::to_text(file_of(profile, 1));
        for (auto at = text.find("\x93\x0F"); at != std::string::npos;
             at = text.find("\x93\x0F", at + 1)) {
            auto const nir = text.substr(at + 2, 15);
            // Blank, or a class of provisional numbers that has neither commune nor country.
            if (nir == std::string(15, ' ') || nir.starts_with("555555")) continue;
            bool const overseas = nir.substr(5, 2) == "97";
            INFO(profile.id);
            CHECK(nir.substr(overseas ? 8 : 7, 2) == "99");
            ++numbers;
        }
    }
    CHECK(numbers >= 60);
}

TEST_CASE("the shipped files are those of the reference, byte for byte", "[simulator][profile]") {
    auto const p01 = shipped("P01");
    CHECK(base::to_hex(p01.atr) == "3b751300004b09ea9000");
    auto identity = bytes("65 18 80 07 45 58 45 4D 50 4C 45 81 03 4C 55 43 82 08 31 39 37 38 30 35 "
                          "31 34");
    identity.resize(128);
    CHECK(file_of(p01, 0) == identity);
    CHECK(file_of(p01, 1) ==
          bytes("65 16 90 03 46 52 41 93 0F 31 37 38 30 35 37 35 39 39 39 39 30 31 37 35"));
    CHECK(file_of(shipped("P05"), 0).size() == 133);
    CHECK(file_of(shipped("P08"), 0).size() == 114);
    CHECK(base::to_hex(file_of(shipped("P08b"), 0)).starts_with("658181803c"));
    CHECK(base::to_hex(file_of(shipped("P08c"), 0)).starts_with("6581803c"));
    CHECK(base::to_hex(file_of(shipped("P08d"), 0)).starts_with("6582"));
    CHECK(file_of(shipped("P06"), 0).size() > 256);
    CHECK(file_of(shipped("P28"), 0).size() == 256);
    CHECK(file_of(shipped("P29"), 1).size() > 256);
    CHECK(file_of(shipped("P09"), 0) ==
          bytes("65 2D 80 12 44 27 41 4C 4D C9 49 44 41 2D 53 50 C9 43 49 4D 45 4E 81 0D 46 52 41 "
                "4E C7 4F 49 53 45 2D 5A 4F CB 82 08 31 39 36 34 30 37 30 31"));
}

TEST_CASE("a profile takes the defaults of a carte Vitale 2", "[simulator][profile]") {
    File const file{good};
    auto const profile = read_profile(file.path);
    REQUIRE(profile);
    CHECK(profile->id == "P99");
    CHECK(base::to_hex(profile->atr) == "3b751300004b09ea9000");
    REQUIRE(profile->applications.size() == 2);
    auto const& [root, vitale] = std::tie(profile->applications[0], profile->applications[1]);
    CHECK(root.fid == 0x3F00);
    CHECK(base::to_text(root.aid).ends_with("MF_VITALE"));
    CHECK(base::to_text(vitale.aid).ends_with("VITALE"));
    CHECK(root.files.at(0).fid == 0x2F02);
    CHECK(root.files.at(0).sfi == 2);
    CHECK(vitale.files.at(0).fid == 0x2002);
    CHECK(vitale.files.at(0).sfi == 2);
    CHECK_FALSE(profile->rules.strict);
}

TEST_CASE("a number without its key gets it", "[simulator][profile]") {
    auto text = good;
    text.erase(text.find(" 75\""), 3);
    File const file{text};
    auto const profile = read_profile(file.path);
    REQUIRE(profile);
    CHECK(base::to_text(file_of(*profile, 1)).ends_with("178057599990175"));
}

TEST_CASE("a birth date relative to the day, and the number made from it", "[simulator][profile]") {
    auto text = good;
    text.replace(text.find("19780514"), 8, "-18y+1d");
    text.replace(text.find("1780575999901 75"), 16, "1YYMM75999901");
    File const file{text};
    auto const profile = read_profile(file.path, *parse_day("2019-06-30"));
    INFO((profile ? "" : base::describe(profile.error())));
    REQUIRE(profile);
    CHECK(base::to_text(file_of(*profile, 0)).ends_with("20010701"));
    auto const number = base::to_text(file_of(*profile, 1));
    CHECK(number.find("1010775999901" + nir_key("1010775999901").value()) != std::string::npos);
}

TEST_CASE("the day decides who is of age on the cards of the majority edge",
          "[simulator][profile]") {
    auto const day = *parse_day("2024-02-29");
    auto const born = [&](std::string const& id) {
        auto const path = std::filesystem::path{SIMULATOR_PROFILES} / (id + ".toml");
        auto const file = file_of(read_profile(path, day).value(), 0);
        return base::to_text(file).substr(file.size() - 8);
    };
    CHECK(born("P25") == "20080120");
    CHECK(born("P26a") == "20060301");
    CHECK(born("P26b") == "20060228");
    CHECK(born("P34") == "20240301");
}

TEST_CASE("a card brings its own faults", "[simulator][profile]") {
    auto const p20 = shipped("P20").faults;
    REQUIRE(p20.size() == 3);
    CHECK(p20[0].kind == Fault::Kind::silence);
    CHECK(p20[0].value == 200);
    CHECK(p20[1].kind == Fault::Kind::delay);
    CHECK(p20[1].value == 3000);
    CHECK(p20[2].kind == Fault::Kind::remove);
    CHECK(p20[2].after_apdus == 2);
    File const file{good + "[[fault]]\nkind = \"status\"\nvalue = \"6F00\"\ntimes = 0\n"};
    auto const faults = read_profile(file.path).value().faults;
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].value == 0x6F00);
    CHECK(faults[0].times == 0);
}

TEST_CASE("files may be given raw", "[simulator][profile]") {
    File const file{"title = \"a\"\ntests = \"b\"\n[identity_file]\ncontent = \"FF FF\"\n"
                    "[number_file]\ncontent = \"\"\nfid = \"0ABC\"\nsfi = 7\n"};
    auto const profile = read_profile(file.path);
    INFO((profile ? "" : base::describe(profile.error())));
    REQUIRE(profile);
    CHECK(base::to_hex(file_of(*profile, 0)) == "ffff");
    CHECK(file_of(*profile, 1).empty());
    CHECK(profile->applications[1].files[0].fid == 0x0ABC);
    CHECK(profile->applications[1].files[0].sfi == 7);
}

TEST_CASE("other files may lie beside the two", "[simulator][profile]") {
    File const file{good + "[[file]]\nin = \"application\"\nfid = \"2003\"\ncontent = \"01\"\n"
                           "[[file]]\nin = \"root\"\nfid = \"2F00\"\nrefusal = \"6982\"\n"};
    auto const profile = read_profile(file.path);
    INFO((profile ? "" : base::describe(profile.error())));
    REQUIRE(profile);
    CHECK(profile->applications[1].files.at(0).fid == 0x2003);
    CHECK(profile->applications[1].files.at(0).content == base::Bytes{1});
    CHECK(profile->applications[0].files.at(0).refusal == Status{0x6982});
}

TEST_CASE("a bad profile says file, key and reason in one sentence", "[simulator][profile]") {
    CHECK(problem("title = \"One\"\n", "") == "title: missing");
    CHECK(problem("\"One\"", "1") == "title: must be a text in quotes");
    CHECK(problem("\"One\"", "\"\"") == "title: must not be empty");
    CHECK(problem("\"One\"", "\"One\"\natr = \"\"") ==
          "atr: must be 2 to 33 bytes and begin with 3B or 3F");
    CHECK(problem("\"One\"", "\"One\"\natr = \"3B 7\"") ==
          "atr: must be bytes in hexadecimal, as \"3B 75 13\"");
    CHECK(problem("\"One\"", "\"One\"\nmute = 1") == "mute: must be true or false");
    CHECK(problem("\"One\"", "\"One\"\nkind = \"bank\"") ==
          "kind: must be vitale_2, vitale_1 or other");
    CHECK(problem("\"One\"", "\"One\"\ncolour = \"red\"") == "colour: unknown setting");
    CHECK(appended("[rules]\n\"mo\\nde\" = 1\n") == "rules.mo de: unknown setting");
    CHECK(problem("[[person]]", "[person]") == "person: at least one [[person]] is needed");
    CHECK(problem("\"LUC\"", "\"LUŒ\"") ==
          "person.0.first_name: has a character that ISO 8859-1 does not have");
    CHECK(problem("birth_date = \"19780514\"", "") == "person.0.birth_date: missing");
    CHECK(problem("19780514", "14/05/1978") ==
          "person.0.birth_date: must be 8 digits, year first (or 6), or a distance from today, as "
          "\"-18y+1d\"");
    CHECK(problem("901 75", "901 57") ==
          "person.0.nir: its key should be 75 (add wrong_key = true if a wrong one is meant)");
    CHECK(problem("901 75", "75") == "person.0.nir: must be 13 characters, or 15 with its key");
    CHECK(problem("1780575", "178X575") ==
          "person.0.nir: must be digits, with 2A or 2B for Corsica");
    CHECK(appended("[number_file]\nsfi = 31\n") ==
          "number_file.sfi: must be a whole number from 0 to 30");
    CHECK(appended("[number_file]\nrefusal = \"69\"\n") ==
          "number_file.refusal: must be a status word of two bytes, as \"6982\"");
    CHECK(appended("[identity_file]\nsize = 10\n") ==
          "identity_file.size: is less than the content, which has 26");
    CHECK(appended("[rules]\nmode = \"lax\"\n") == "rules.mode: must be friendly or strict");
    CHECK(appended("[memory]\naddress = \"0200\"\n") == "memory.address: unknown setting");
    CHECK(problem("\"One\"", "\"One\"\ncharset = \"utf-8\"") ==
          "charset: must be iso-8859-1 or iso-8859-15");
    CHECK(appended("[[file]]\nfid = \"2003\"\n") ==
          "file.0: needs in = \"root\" or \"application\", and a fid");
    CHECK(appended("[[file]]\nin = \"elsewhere\"\n") == "file.0.in: must be root or application");
    CHECK(appended("[[fault]]\nkind = \"melt\"\n") ==
          "fault.0.kind: must be remove, status, delay, silence, garbage or truncate");
    CHECK(appended("[[fault]]\nkind = \"status\"\n") == "fault.0.value: missing");
    CHECK(appended("[[fault]]\nkind = \"remove\"\nvalue = 1\n") ==
          "fault.0.value: unknown setting");
    CHECK(problem("title = \"One\"", "title = ").starts_with("line 1: "));
}

TEST_CASE("a file or folder that is not there is named", "[simulator][profile]") {
    CHECK(read_profile("/nowhere/P01.toml").error().detail ==
          "/nowhere/P01.toml: No such file or directory");
    CHECK(read_profiles("/nowhere").error().detail == "/nowhere: No such file or directory");
    CHECK(read_profiles("/proc/self/fd").error().detail.ends_with("holds no profile (*.toml)"));
}
