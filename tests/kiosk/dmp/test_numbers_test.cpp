#include "kiosk/dmp/test_numbers.hpp"

#include "tests/catch.hpp"

TEST_CASE("a number is a test number only when the list says so", "[test_numbers]") {
    std::vector<std::string> const list{"2 55 06 99 999 999 34", "1810433997905"};
    CHECK(dmp::is_listed_test_number("255069999999934", list));
    CHECK(dmp::is_listed_test_number("2550699999999", list));
    CHECK(dmp::is_listed_test_number("181043399790535", list));
    CHECK_FALSE(dmp::is_listed_test_number("255069999999834", list));
    CHECK_FALSE(dmp::is_listed_test_number("155069999999934", list));
    CHECK_FALSE(dmp::is_listed_test_number("255069999999934", {}));
}

TEST_CASE("an entry that is too short refuses nobody", "[test_numbers]") {
    CHECK_FALSE(dmp::is_listed_test_number("255069999999934", {"", "2", "255"}));
    CHECK_FALSE(dmp::is_listed_test_number("", {""}));
    CHECK_FALSE(dmp::is_listed_test_number("255", {"255"}));
}
