#include "kiosk/dmp/dates.hpp"

#include "tests/catch.hpp"

#include <cstdlib>
#include <ctime>

using namespace std::chrono;

TEST_CASE("times are written in UTC", "[dates]") {
    auto const time = sys_days{2019y / January / 2} + 3h + 4min + 5s + 678ms;
    CHECK(dmp::hl7_time(time) == "20190102030405");
    CHECK(dmp::iso_time(time) == "2019-01-02T03:04:05Z");
    CHECK(dmp::hl7_date(2019y / January / 2) == "20190102");
    CHECK(dmp::hl7_date(1955y / December / 31) == "19551231");
}

TEST_CASE("a time reads back only from its own form", "[dates]") {
    auto const time = sys_days{2019y / January / 2} + 3h + 4min + 5s;
    CHECK(dmp::from_iso_time("2019-01-02T03:04:05Z") == dmp::Time{time});
    for (auto const* text :
         {"", "2019-01-02", "2019-01-02T03:04:05", "2019-1-2T03:04:05Z", "2019-02-31T03:04:05Z",
          "2019-01-02T03:04:05Zx", " 2019-01-02T03:04:05Z"})
        CHECK_FALSE(dmp::from_iso_time(text));
}

TEST_CASE("the day is the one where the kiosk stands", "[dates]") {
    auto const evening = sys_days{2019y / June / 17} + 22h + 30min;
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    CHECK(dmp::local_date(evening) == 2019y / June / 17);
    ::setenv("TZ", "CEST-2", 1);
    ::tzset();
    CHECK(dmp::local_date(evening) == 2019y / June / 18);
    ::unsetenv("TZ");
    ::tzset();
}
