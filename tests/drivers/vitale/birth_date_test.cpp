#include "drivers/vitale/birth_date.hpp"

#include "tests/catch.hpp"

using vitale::age_years;
using vitale::is_birth_date;

TEST_CASE("age is completed years", "[vitale]") {
    CHECK(age_years("19780514", 2019, 6, 17) == 41);
    CHECK(age_years("20010618", 2019, 6, 17) == 17);
    CHECK(age_years("20010617", 2019, 6, 17) == 18);
    CHECK(age_years("20010617", 2019, 6, 18) == 18);
    CHECK(age_years("20190617", 2019, 6, 17) == 0);
    CHECK(age_years("20040229", 2022, 2, 28) == 17);
    CHECK(age_years("20040229", 2022, 3, 1) == 18);
}

TEST_CASE("a date that is no day of the calendar counts from 1 January", "[vitale]") {
    auto const raw = GENERATE("19551701", "19551900", "19550000", "19551300", "19550231",
                              "19550132", "19559999");
    CHECK(age_years(raw, 2019, 1, 1) == 64);
    CHECK(age_years(raw, 2018, 12, 31) == 63);
}

TEST_CASE("no age is made up", "[vitale]") {
    auto const raw =
        GENERATE("120305", "20190618", "00000000", "", "1978051", "1978051X", "197805141");
    CHECK_FALSE(age_years(raw, 2019, 6, 17));
}

TEST_CASE("a birth date has eight digits, or six", "[vitale]") {
    CHECK(is_birth_date("19780514"));
    CHECK(is_birth_date("19551701"));
    CHECK(is_birth_date("120305"));
    CHECK_FALSE(is_birth_date(""));
    CHECK_FALSE(is_birth_date("1978051"));
    CHECK_FALSE(is_birth_date("1978 514"));
    CHECK_FALSE(is_birth_date("1978\xB5"
                              "14 "));
}
