#include "drivers/simulator/day.hpp"

#include "tests/catch.hpp"

using namespace simulator;

namespace {

std::optional<std::string> born(std::string_view text, std::string_view today = "2019-06-17") {
    return birth_date(text, *parse_day(today));
}

}  // namespace

TEST_CASE("a day is written with year, month and day", "[simulator][day]") {
    using namespace std::chrono;
    CHECK(parse_day("2019-06-17") == Day{year{2019} / 6 / 17});
    CHECK(parse_day("2020-02-29"));
    for (auto const* text : {"", "2019-6-17", "17-06-2019", "2019-02-29", "2019-13-01",
                             "2019-06-00", "2019/06/17", "2019-06-17 ", "20a9-06-17"})
        CHECK_FALSE(parse_day(text));
}

TEST_CASE("the local day is one", "[simulator][day]") { CHECK(local_day().ok()); }

TEST_CASE("a birth date in digits stays as it is", "[simulator][day]") {
    CHECK(born("19780514") == "19780514");
    CHECK(born("19551701") == "19551701");
    CHECK(born("120305") == "120305");
}

TEST_CASE("a relative birth date counts years, then days", "[simulator][day]") {
    CHECK(born("-18y") == "20010617");
    CHECK(born("-18y+1d") == "20010618");
    CHECK(born("-16y-40d") == "20030508");
    CHECK(born("-1d") == "20190616");
    CHECK(born("+30d") == "20190717");
    CHECK(born("-18y", "2024-02-29") == "20060228");
    CHECK(born("-18y+1d", "2024-02-29") == "20060301");
    CHECK(born("-4y", "2024-02-29") == "20200229");
}

TEST_CASE("what is neither is no birth date", "[simulator][day]") {
    for (auto const* text :
         {"", "1978051", "14/05/1978", "18y", "-y", "-18", "-18d-1y", "-18y1d", "-18y+1d+1d",
          "--18y", "-18 y", "-2500y", "+9000y", "-999999d", "-18m"})
        CHECK_FALSE(born(text));
}
