#include "kiosk/spooler/cut_file.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/opened_outbox.hpp"

using namespace spooler;
using namespace spooler_test;

namespace {

// An outbox of some pages, closed, all of it in the file.
struct Written {
    TemporaryFolder folder;
    fs::path file = folder.path() / "outbox.db";

    Written() {
        auto database = Database::open(file, 1000);
        REQUIRE(database);
        REQUIRE(database->run("CREATE TABLE row (body BLOB)"));
        for (int i = 0; i < 10; ++i)
            REQUIRE(database->run("INSERT INTO row VALUES (randomblob(8000))"));
        REQUIRE(database->checkpoint());
    }
    // As it is on the disk.
    std::string content() const { return content_of(file); }
    std::uintmax_t size() const { return fs::file_size(file); }
};

}  // namespace

TEST_CASE("a database that lost its end has its length again, and what is there is read",
          "[cut_file]") {
    Written const written;
    auto const whole = written.content();
    auto const left = written.size() / 8192 * 4096;
    for (auto const size : {left, left + 1, left + 4095}) {
        write(written.file, whole.substr(0, size));
        CHECK_FALSE(Database::open_damaged(written.file)->number("SELECT 1 FROM row LIMIT 1"));
        CHECK(mend_length(written.file, 1000));
        CHECK(written.content() == whole.substr(0, size) + std::string(whole.size() - size, '\0'));
        CHECK(Database::open_damaged(written.file)->number("SELECT 1 FROM row LIMIT 1"));
    }
}

TEST_CASE("a database that is whole, and what is none, stays as it is", "[cut_file]") {
    Written const written;
    auto const whole = written.content();
    auto const untouched = [&](std::string const& content) {
        write(written.file, content);
        return !mend_length(written.file, 1000) && written.content() == content;
    };
    CHECK(untouched(whole));
    CHECK(untouched(whole + std::string(4096, 'x')));
    CHECK(untouched(""));
    CHECK(untouched(whole.substr(0, 99)));
    auto const cut = whole.substr(0, 8192);
    for (std::size_t const at : {0U, 16U, 24U, 92U}) {  // name, page size, either change count
        auto other = cut;
        other[at] = static_cast<char>(other[at] + 1);
        CHECK(untouched(other));
    }
    auto endless = cut;
    endless.replace(28, 4, std::string_view{"\0\0\x03\xE9", 4});  // 1,001 pages
    CHECK(untouched(endless));
    endless.replace(28, 4, std::string_view{"\0\0\x03\xE8", 4});
    CHECK_FALSE(untouched(endless));
    CHECK_FALSE(mend_length(written.folder.path() / "missing", 1000));
}
