#include "kiosk/dmp/codes.hpp"

#include "tests/catch.hpp"

TEST_CASE("the relationships a configuration begins with are mother, father, guardian and other",
          "[codes]") {
    auto const named = dmp::default_relationships();
    REQUIRE(named.size() == 4);
    auto const is = [&](std::size_t at, char const* id, char const* code, char const* system) {
        auto const& [name, relationship] = named[at];
        return name == id && relationship.code == code && relationship.system == system &&
               !relationship.display.empty();
    };
    CHECK(is(0, "mother", "MTH", "2.16.840.1.113883.1.11.19579"));
    CHECK(is(1, "father", "FTH", "2.16.840.1.113883.1.11.19579"));
    CHECK(is(2, "guardian", "TUTEUR", "1.2.250.1.213.1.1.4.327"));
    CHECK(is(3, "other", "FAMMEMB", "2.16.840.1.113883.1.11.19579"));
}
