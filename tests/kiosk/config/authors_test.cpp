#include "kiosk/config/authors.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using base::Errc;

namespace {

std::string author(std::string const& id) {
    return "[[authors]]\nid = \"" + id +
           "\"\nfamily_name = \"D'ESSAI\"\ngiven_name = \"AGNÈS\"\nstructure_id = \"10B0000000\"\n"
           "structure_name = \"CPAM\"\n";
}

base::Result<std::vector<config::Author>> read(std::string const& content) {
    pki::TemporaryFolder const folder;
    return config::read_authors(folder.write("authors.toml", content));
}

}  // namespace

TEST_CASE("authors are read with their five fields", "[authors]") {
    auto const authors = read(author("899900000000") + author("899900000001")).value();
    REQUIRE(authors.size() == 2);
    CHECK(authors[0].id == "899900000000");
    CHECK(authors[0].family_name == "D'ESSAI");
    CHECK(authors[0].given_name == "AGNÈS");
    CHECK(authors[0].structure_id == "10B0000000");
    CHECK(authors[0].structure_name == "CPAM");
    CHECK_FALSE(authors[0].pin_hash);
}

TEST_CASE("an author may have a PIN hash, which is checked when it is read", "[authors]") {
    std::string const hash = "$argon2id$v=19$m=32768,t=4,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
                             "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";
    auto const authors = read(author("1") + "pin_hash = \"" + hash + "\"\n" + author("2")).value();
    CHECK(authors.at(0).pin_hash == hash);
    CHECK_FALSE(authors.at(1).pin_hash);

    auto const refused = read(author("1") + "pin_hash = \"" + hash + "=\"\n");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::configuration_invalid);
    CHECK(refused.error().detail.find("authors.toml: authors.0.pin_hash: must be") !=
          std::string::npos);
    CHECK(refused.error().detail.find("MDEy") == std::string::npos);
}

TEST_CASE("an author is found by id, or not at all", "[authors]") {
    auto const authors = read(author("1") + author("2")).value();
    CHECK(config::find_author(authors, "2").value().id == "2");
    CHECK_FALSE(config::find_author(authors, "3"));
    CHECK_FALSE(config::find_author(authors, ""));
}

TEST_CASE("a list of authors that cannot be used is refused with its reason", "[authors]") {
    auto const reason = [](std::string const& content) {
        auto const authors = read(content);
        REQUIRE_FALSE(authors);
        CHECK(authors.error().code == Errc::configuration_invalid);
        return authors.error().detail;
    };
    CHECK(reason("").find("authors: at least one is needed") != std::string::npos);
    CHECK(reason("authors = []\n").find("at least one") != std::string::npos);
    CHECK(reason("authors = \"x\"\n").find("at least one") != std::string::npos);
    CHECK(reason(author("1") + author("1")).find("authors.1.id: the same id stands twice") !=
          std::string::npos);
    CHECK(reason("[[authors]]\nid = \"1\"\n").find("authors.0.family_name: missing") !=
          std::string::npos);
    CHECK(reason(author("1") + "pin = \"1234\"\n").find("authors.0.pin: unknown setting") !=
          std::string::npos);
    CHECK(reason(author("")).find("must not be empty") != std::string::npos);
}
