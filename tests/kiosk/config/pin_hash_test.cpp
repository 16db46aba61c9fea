#include "kiosk/config/pin_hash.hpp"

#include "tests/catch.hpp"

namespace {

std::string const salt = "MDEyMzQ1Njc4OWFiY2RlZg";                      // 16 bytes
std::string const tag = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";  // 32 bytes
std::string const good = "$argon2id$v=19$m=32768,t=4,p=1$" + salt + "$" + tag;

}  // namespace

TEST_CASE("an encoded Argon2id hash is read into its parts", "[pin_hash]") {
    auto const hash = config::parse_pin_hash(good);
    REQUIRE(hash);
    CHECK(hash->memory_kib == 32768);
    CHECK(hash->passes == 4);
    CHECK(hash->lanes == 1);
    CHECK(hash->salt == salt);
    CHECK(hash->tag == tag);
}

TEST_CASE(
    "a hash of another form or of poor parameters is refused, and its reason never repeats it",
    "[pin_hash]") {
    struct Row {
        std::string text, reason;
    };
    auto const with = [](std::string const& parameters) {
        return "$argon2id$v=19$" + parameters + "$" + salt + "$" + tag;
    };
    auto const row = GENERATE_COPY(
        Row{"482913", "must be the line"}, Row{"", "must be the line"},
        Row{"$argon2i$v=19$m=32768,t=4,p=1$" + salt + "$" + tag, "must be the line"},
        Row{"$argon2id$v=16$m=32768,t=4,p=1$" + salt + "$" + tag, "must be the line"},
        Row{good + "\n", "must be the line"}, Row{" " + good, "must be the line"},
        Row{good + std::string(300, 'A'), "must be the line"},
        Row{with("m=032768,t=4,p=1"), "must be the line"},
        Row{with("m=9999999999,t=4,p=1"), "must be the line"},
        Row{with("t=4,m=32768,p=1"), "must be the line"}, Row{with("m=19455,t=4,p=1"), "memory"},
        Row{with("m=262145,t=4,p=1"), "memory"}, Row{with("m=32768,t=1,p=1"), "passes"},
        Row{with("m=32768,t=11,p=1"), "passes"}, Row{with("m=32768,t=4,p=5"), "lanes"},
        Row{"$argon2id$v=19$m=32768,t=4,p=1$c2FsdA$" + tag, "salt"},
        Row{"$argon2id$v=19$m=32768,t=4,p=1$" + salt.substr(1) + "$" + tag, "salt"},
        Row{"$argon2id$v=19$m=32768,t=4,p=1$" + salt + "$" + salt, "tag"},
        // The last character sets bits that belong to no byte.
        Row{good.substr(0, good.size() - 1) + "Z", "tag"});
    auto const hash = config::parse_pin_hash(row.text);
    REQUIRE_FALSE(hash);
    CHECK(hash.error().code == base::Errc::configuration_invalid);
    INFO(hash.error().detail);
    CHECK(hash.error().detail.find(row.reason) != std::string::npos);
    CHECK(hash.error().detail.find("482913") == std::string::npos);
    CHECK(hash.error().detail.find("c2FsdA") == std::string::npos);
    CHECK(hash.error().detail.find("MDEy") == std::string::npos);
}
