#include "kiosk/identity/pin_counts.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <fstream>

#include <sys/stat.h>

using identity::PinCounts;
using identity::read_counts;
using identity::write_counts;

namespace {

std::string content_of(std::filesystem::path const& file) {
    std::ifstream stream{file};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void write(std::filesystem::path const& file, std::string_view content) {
    std::ofstream{file} << content;
}

PinCounts const counts{{"1", {"ab", 3}}, {"a \"name\" é", {"cd", 15}}};

}  // namespace

TEST_CASE("counts are read as they were written", "[pin_counts]") {
    TemporaryFolder const folder;
    auto const file = folder / "counts.json";
    REQUIRE(write_counts(file, counts));
    CHECK(read_counts(file).value() == counts);
    CHECK(std::filesystem::status(file).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    REQUIRE(write_counts(file, {}));
    CHECK(read_counts(file).value().empty());
}

TEST_CASE("without a file nobody has a wrong PIN", "[pin_counts]") {
    TemporaryFolder const folder;
    CHECK(read_counts(folder / "counts.json").value().empty());
}

TEST_CASE("what a power cut left half-written beside the counts is overwritten", "[pin_counts]") {
    TemporaryFolder const folder;
    auto const file = folder / "counts.json";
    write(folder / "counts.json.part", "{\"version\"");
    REQUIRE(write_counts(file, counts));
    CHECK(read_counts(file).value() == counts);
    CHECK_FALSE(std::filesystem::exists(folder / "counts.json.part"));
}

TEST_CASE("counts that cannot be written are an error, and the old ones stay", "[pin_counts]") {
    TemporaryFolder const folder;
    auto const file = folder / "counts.json";
    REQUIRE(write_counts(file, counts));
    std::filesystem::create_directories(folder / "counts.json.part" / "in the way");
    auto const written = write_counts(file, {});
    REQUIRE_FALSE(written);
    CHECK(written.error().code == base::Errc::storage_failed);
    CHECK(read_counts(file).value() == counts);
    CHECK_FALSE(write_counts(folder / "no folder" / "counts.json", {}));
}

TEST_CASE("a file of any other content is damaged", "[pin_counts]") {
    TemporaryFolder const folder;
    auto const file = folder / "counts.json";
    auto const content =
        GENERATE(as<std::string>{}, "", "\n", "[]", "null", "{}", R"({"version":1})",
                 R"({"version":2,"authors":{}})", R"({"version":1,"authors":[]})",
                 R"({"version":1,"authors":{},"more":1})", R"({"version":1,"authors":{"1":3}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab"}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":-1}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":1.5}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":1001}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":4294967299}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":9223372036854775808}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":99999999999999999999}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":7,"wrong":1}}})",
                 R"({"version":1,"authors":{"1":{"pin_hash":"ab","wrong":1,"more":1}}})");
    write(file, content);
    INFO(content);
    auto const read = read_counts(file);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == base::Errc::storage_damaged);
    CHECK(read.error().detail.find("counts.json") != std::string::npos);
}

TEST_CASE("a folder, a pipe or too large a file in the place of the counts is damage",
          "[pin_counts]") {
    TemporaryFolder const folder;
    auto const file = folder / "counts.json";
    SECTION("folder") { std::filesystem::create_directory(file); }
    SECTION("pipe") { REQUIRE(::mkfifo(file.c_str(), 0600) == 0); }
    SECTION("link to nothing") { std::filesystem::create_symlink("nowhere", file); }
    SECTION("too large") {
        write(file, "");
        std::filesystem::resize_file(file, 2 * 1024 * 1024);
    }
    auto const read = read_counts(file);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == base::Errc::storage_damaged);
}

TEST_CASE("a truncated file is damage; a flipped bit is damage, or still a count that can be",
          "[pin_counts]") {
    TemporaryFolder const folder;
    auto const file = folder / "counts.json";
    REQUIRE(write_counts(file, counts));
    auto const good = content_of(file);
    // Without its last line end the text is still whole.
    for (std::size_t length = 0; length + 1 < good.size(); ++length) {
        write(file, good.substr(0, length));
        CHECK_FALSE(read_counts(file));
    }
    int read_as_counts = 0;
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        auto text = good;
        text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
        write(file, text);
        auto const read = read_counts(file);
        if (!read) continue;
        ++read_as_counts;
        for (auto const& [id, count] : *read)
            if (count.wrong < 0 || count.wrong > 1000) FAIL("a count of " << count.wrong);
    }
    CHECK(read_as_counts > 0);  // ids, digests and digits may change into others
}
