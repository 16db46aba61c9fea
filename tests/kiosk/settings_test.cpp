#include "kiosk/settings.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

namespace fs = std::filesystem;

// The example of the repository, its commented settings switched on where a test asks for it.
class Folder {
  public:
    Folder() {
        std::string pattern = fs::temp_directory_path() / "dmp-settings-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
        write_author("");
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    fs::path operator/(char const* name) const { return path_ / name; }

    // The one author, with further keys.
    void write_author(std::string const& more) const {
        std::ofstream{path_ / "authors.toml"} << R"([[authors]]
id = "1"
family_name = "TEST"
given_name = "AGENT"
structure_id = "1B"
structure_name = "STRUCTURE"
)" << more;
    }

    base::Result<kiosk::Settings> read(std::string const& text) const {
        std::ofstream{path_ / "kiosk.toml"} << text;
        return kiosk::Settings::read(path_ / "kiosk.toml");
    }

  private:
    fs::path path_;
};

std::string example() {
    std::ifstream file{EXAMPLE};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string with_every_setting() {
    std::istringstream lines{example()};
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        bool const setting = line.starts_with("# ") &&
                             (line.find(" = ") != std::string::npos || line.starts_with("# ["));
        text += (setting ? line.substr(2) : line) + "\n";
    }
    return text;
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the example configuration is a configuration") {
    Folder const folder;
    auto const settings = folder.read(example());
    if (!settings) FAIL(settings.error().detail);
    CHECK(settings->id == "borne-0001");
    CHECK(settings->environment == dmp::Environment::test);
}

TEST_CASE("the commented settings of the example are the values used without them") {
    Folder const folder;
    auto const plain = folder.read(example());
    auto const spelt_out = folder.read(with_every_setting());
    if (!spelt_out) FAIL(spelt_out.error().detail);
    REQUIRE(plain);
    CHECK(plain->screen == spelt_out->screen);
    CHECK(plain->rotation == spelt_out->rotation);
    CHECK(plain->mm_per_pixel == spelt_out->mm_per_pixel);
    CHECK(plain->majority == spelt_out->majority);
    CHECK(plain->identity_seen == spelt_out->identity_seen);
    CHECK(plain->state == spelt_out->state);
    auto const& a = plain->vitale;
    auto const& b = spelt_out->vitale;
    CHECK(a.application_aid == b.application_aid);
    CHECK(a.root_aid == b.root_aid);
    CHECK(a.root_file == b.root_file);
    CHECK(a.root_selection == b.root_selection);
    CHECK(a.select_by_aid == b.select_by_aid);
    CHECK(a.select_by_file == b.select_by_file);
    CHECK(a.limits.block == b.limits.block);
    CHECK(a.limits.file == b.limits.file);
    CHECK(a.select_listed_file == b.select_listed_file);
    CHECK(a.pointers.route == b.pointers.route);
    CHECK(a.pointers.file == b.pointers.file);
    CHECK(a.pointers.most_applications == b.pointers.most_applications);
    CHECK(a.pointers.most_files == b.pointers.most_files);
    CHECK(a.pointers.list_tag == b.pointers.list_tag);
    CHECK(a.pointers.file_tag == b.pointers.file_tag);
    CHECK(a.tags.nir == b.tags.nir);
    CHECK(a.length_forms == b.length_forms);
    CHECK(a.denied == b.denied);
    CHECK(a.missing == b.missing);
    CHECK(a.professional_atrs == b.professional_atrs);
}

TEST_CASE("how a card is read can be changed without a new program") {
    Folder const folder;
    auto const settings =
        folder.read(example() + "\n[vitale]\nidentity_sfi = 5\ncharset = \"iso-8859-15\"\n"
                                "tag_nir = 0x94\ndenied = [\"6983\"]\n");
    if (!settings) FAIL(settings.error().detail);
    CHECK(settings->vitale.identity_sfi == 5);
    CHECK(settings->vitale.charset == vitale::Charset::iso_8859_15);
    CHECK(settings->vitale.tags.nir == 0x94);
    CHECK(settings->vitale.denied == std::vector{iso7816::StatusWord{0x6983}});
}

TEST_CASE("a wrong setting is refused in one sentence that names it") {
    Folder const folder;
    struct Case {
        std::string from;
        std::string to;
        std::string said;
    };
    for (auto const& [from, to, said] :
         {Case{"\"borne-0001\"", "\"Borne 1\"", "kiosk.id: must be"},
          Case{"\"test\"", "\"prod\"", "kiosk.environment: must be"},
          Case{"https://www.dmp.fr/\"", "http://www.dmp.fr/\"", "links.dmp: must begin"},
          Case{"[keys]", "[identity]\ncheck = \"none\"\n[keys]", "identity.check: must be"},
          Case{"[keys]", "[vitale]\nidentity_sfi = 31\n[keys]", "vitale.identity_sfi: must be"},
          Case{"[keys]", "[vitale]\ndenied = [\"69\"]\n[keys]", "vitale.denied: cannot hold"},
          Case{"[keys]", "[vitale]\ncharset = \"utf-8\"\n[keys]", "vitale.charset: unknown choice"},
          Case{"[keys]", "[vitale]\ntag_nire = 3\n[keys]", "vitale.tag_nire: unknown setting"}}) {
        auto const settings = folder.read(replaced(example(), from, to));
        REQUIRE_FALSE(settings);
        INFO(settings.error().detail);
        CHECK(settings.error().detail.find(said) != std::string::npos);
        CHECK(settings.error().detail.find('\n') == std::string::npos);
    }
}

TEST_CASE("a site takes the card only unless it says that the identity is seen") {
    Folder const folder;
    auto const settings = folder.read(example());
    REQUIRE(settings);
    CHECK_FALSE(settings->identity_seen);
    CHECK(settings->state == "/var/lib/dmp-kiosk");
}

TEST_CASE("where the identity is seen, an author has a PIN and the state a folder of its own") {
    Folder const folder;
    auto const seen = example() + "\n[identity]\ncheck = \"identity seen\"\nstate = \"state\"\n";
    auto const refusal = [&] {
        auto const settings = folder.read(seen);
        REQUIRE_FALSE(settings);
        CHECK(settings.error().detail.find('\n') == std::string::npos);
        return settings.error().detail;
    };
    CHECK(refusal().find("kiosk.toml: identity.check: \"identity seen\" needs an author with a "
                         "pin_hash in ") != std::string::npos);
    folder.write_author("pin_hash = \"$argon2id$v=19$m=32768,t=4,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
                        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"\n");
    auto const settings = folder.read(seen);
    if (!settings) FAIL(settings.error().detail);
    CHECK(settings->identity_seen);
    CHECK(settings->state == folder / "state");
    CHECK(fs::status(folder / "state").permissions() == fs::perms::owner_all);

    fs::permissions(folder / "state", fs::perms::group_read, fs::perm_options::add);
    CHECK(refusal().find("kiosk.toml: identity.state: ") != std::string::npos);
    CHECK(refusal().find("chmod 700") != std::string::npos);
    fs::remove(folder / "state");
    std::ofstream{folder / "state"} << "";
    CHECK(refusal().find("not a folder") != std::string::npos);
}

TEST_CASE("a panel takes its own size, or the one that is given whole") {
    Folder const folder;
    auto const screen = [&](std::string const& lines) {
        return folder.read(replaced(example(), "[screen]\n", "[screen]\n" + lines));
    };
    auto const own = screen("display = \"kms\"\nrotation = 270\n");
    REQUIRE(own);
    CHECK(own->screen == kiosk::ScreenKind::panel);
    CHECK(own->rotation == screen::Rotation::three_quarters);
    CHECK_FALSE(own->width);
    auto const given = screen("width = 800\nheight = 1280\n");
    REQUIRE(given);
    CHECK(given->width == 800);
    CHECK(given->height == 1280);
    for (auto const& [lines, key] : {std::pair{"width = 800\n", "screen.height"},
                                     {"height = 1280\n", "screen.width"},
                                     {"display = \"wayland\"\n", "screen.display"},
                                     {"display = \"kms\"\nrotation = 45\n", "screen.rotation"},
                                     {"rotation = 90\n", "screen.rotation"}}) {
        auto const wrong = screen(lines);
        REQUIRE_FALSE(wrong);
        CHECK_THAT(wrong.error().detail, Catch::Contains(key));
    }
}
