#include "drivers/base/whole_number.hpp"

#include "tests/catch.hpp"

#include <limits>

#include <nlohmann/json.hpp>

using base::whole_number;
using nlohmann::json;

TEST_CASE("a whole number is one from nothing to the most there may be", "[whole_number]") {
    CHECK(whole_number(json::parse("0"), 9) == 0);
    CHECK(whole_number(json::parse("9"), 9) == 9);
    for (auto const* text : {"10", "-1", "1.0", "1e3", "\"1\"", "true", "null", "[1]", "{}",
                             "9223372036854775808", "18446744073709551615"}) {
        INFO(text);
        CHECK_FALSE(whole_number(json::parse(text), 9));
    }
    constexpr auto largest = std::numeric_limits<std::int64_t>::max();
    CHECK(whole_number(json::parse("9223372036854775807"), largest) == largest);
    for (auto const* text : {"9223372036854775808", "18446744073709551615"})
        CHECK_FALSE(whole_number(json::parse(text), largest));
}

TEST_CASE("a member that is not there takes its given value, one of another kind takes none",
          "[whole_number]") {
    auto const object = nlohmann::ordered_json::parse(R"({"count":3,"name":"x"})");
    CHECK(whole_number(object, "count", 9, 7) == 3);
    CHECK(whole_number(object, "other", 9, 7) == 7);
    CHECK_FALSE(whole_number(object, "count", 2, 7));
    CHECK_FALSE(whole_number(object, "name", 9, 7));
}
