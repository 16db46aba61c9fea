#include "drivers/base/toml_file.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using base::Errc;
using base::TomlFile;

namespace {

struct Written {
    pki::TemporaryFolder folder;
    std::filesystem::path path;

    explicit Written(std::string_view content) : path(folder.write("kiosk.toml", content)) {}
    TomlFile open() const { return TomlFile::open(path).value(); }
    std::string sentence(std::string_view rest) const {
        return path.native() + ": " + std::string{rest};
    }
};

}  // namespace

TEST_CASE("settings are read by dotted path", "[toml]") {
    Written const written{R"(
name = "hall"
[reader]
name = "VPCD"
slot = 2
pitch = 0.25
whole = 3
fast = true
words = ["un", "deux"]
)"};
    auto file = written.open();
    CHECK(file.text("name").value() == "hall");
    CHECK(file.text("reader.name").value() == "VPCD");
    CHECK(file.integer("reader.slot", 0, 9).value() == 2);
    CHECK(file.number("reader.pitch", 0, 1, 0.5).value() == 0.25);
    CHECK(file.number("reader.whole", 0, 9, 0.5).value() == 3);
    CHECK(file.flag("reader.fast", false).value());
    CHECK(file.texts("reader.words", {}).value() == std::vector<std::string>{"un", "deux"});
    CHECK(file.has("reader.slot"));
    CHECK_FALSE(file.has("reader.none"));
    CHECK(file.no_other_keys());
}

TEST_CASE("a setting that is not there takes its given value, or is an error", "[toml]") {
    Written const written{"[reader]\n"};
    auto file = written.open();
    CHECK(file.text("reader.name", "VPCD").value() == "VPCD");
    CHECK(file.integer("reader.slot", 0, 9, 7).value() == 7);
    CHECK(file.number("reader.pitch", 0, 1, 0.5).value() == 0.5);
    CHECK(file.flag("reader.fast", true).value());
    CHECK(file.texts("reader.words", {"a"}).value() == std::vector<std::string>{"a"});
    CHECK(file.text("reader.name").error().detail == written.sentence("reader.name: missing"));
    CHECK(file.integer("reader.slot", 0, 9).error().detail ==
          written.sentence("reader.slot: missing"));
    CHECK(file.text("reader.name").error().code == Errc::configuration_invalid);
}

TEST_CASE("a value of another kind or out of range is an error, also when a default is given",
          "[toml]") {
    Written const written{R"(
text = 5
empty = ""
integer = 10
word = "x"
fraction = 1.5
list = ["a", 1]
not_a_number = nan
endless = inf
)"};
    auto file = written.open();
    CHECK(file.text("text").error().detail == written.sentence("text: must be a text in quotes"));
    CHECK_FALSE(file.text("text", "otherwise"));
    CHECK(file.text("empty").error().detail == written.sentence("empty: must not be empty"));
    CHECK(file.text_or_empty("empty").value().empty());
    CHECK(file.integer("integer", 0, 9).error().detail ==
          written.sentence("integer: must be a whole number from 0 to 9"));
    CHECK_FALSE(file.integer("integer", 11, 20, 12));
    CHECK(file.integer("integer", 10, 10));
    CHECK_FALSE(file.integer("fraction", 0, 9));
    CHECK_FALSE(file.number("word", 0, 9, 1));
    CHECK_FALSE(file.number("fraction", 0, 1, 1));
    CHECK_FALSE(file.number("not_a_number", 0, 1, 1));
    CHECK_FALSE(file.number("endless", 0, 1, 1));
    CHECK_FALSE(file.flag("integer", true));
    CHECK_FALSE(file.texts("word", {}));
    CHECK_FALSE(file.texts("list", {}));
}

TEST_CASE("a relative path starts at the folder of its file", "[toml]") {
    Written const written{"near = \"keys/a.pem\"\nfar = \"/etc/b.pem\"\n"};
    auto file = written.open();
    CHECK(file.path("near").value() == written.folder.path() / "keys/a.pem");
    CHECK(file.path("far").value() == "/etc/b.pem");
    CHECK_FALSE(file.path("missing"));
}

TEST_CASE("tables of an array are counted and read by number", "[toml]") {
    Written const written{"[[authors]]\nid = \"a\"\n[[authors]]\nid = \"b\"\n"};
    auto file = written.open();
    REQUIRE(file.count("authors") == 2);
    CHECK(file.count("others") == 0);
    CHECK(file.text("authors.0.id").value() == "a");
    CHECK(file.no_other_keys().error().detail == written.sentence("authors.1.id: unknown setting"));
    CHECK(file.text("authors.1.id").value() == "b");
    CHECK_FALSE(file.text("authors.2.id"));
    CHECK(file.no_other_keys());
}

TEST_CASE("a setting nobody asked for is an error: it may be misspelt", "[toml]") {
    Written const written{"[reader]\nnane = \"VPCD\"\n"};
    auto file = written.open();
    CHECK(file.text("reader.name", "x"));
    CHECK(file.no_other_keys().error().detail == written.sentence("reader.nane: unknown setting"));
}

TEST_CASE("a quoted key with a dot is not taken for the path it looks like", "[toml]") {
    Written const written{"\"reader.name\" = \"VPCD\"\n"};
    auto file = written.open();
    CHECK(file.text("reader.name", "otherwise").value() == "otherwise");
    static_cast<void>(file.text("reader.name"));
    CHECK_FALSE(file.no_other_keys());
}

TEST_CASE("what is no TOML is an error with file and line", "[toml]") {
    Written const written{"name = \"hall\"\nslot = = 2\n"};
    auto const opened = TomlFile::open(written.path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::configuration_invalid);
    CHECK(opened.error().detail.find(written.sentence("line 2: ")) == 0);
    CHECK_FALSE(TomlFile::open(written.folder.write("twice", "a = 1\na = 2\n")));
    CHECK_FALSE(TomlFile::open(written.folder.write("bytes", "a = \"\xC9\"\n")));
}

TEST_CASE("an error is one line, whatever a key holds", "[toml]") {
    Written const written{"\"a\\nb\\u001b[31m\" = 1\n"};
    auto const checked = written.open().no_other_keys();
    REQUIRE_FALSE(checked);
    CHECK(checked.error().detail.find('\n') == std::string::npos);
    CHECK(checked.error().detail.find('\x1b') == std::string::npos);
}

TEST_CASE("a missing configuration file is an error that names it", "[toml]") {
    Written const written{""};
    CHECK(TomlFile::open(written.folder / "none.toml").error().code == Errc::file_unreadable);
    CHECK(TomlFile::open(written.folder.path()).error().code == Errc::file_unreadable);
    CHECK(written.open().no_other_keys());
}
