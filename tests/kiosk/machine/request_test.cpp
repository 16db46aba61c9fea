#include "kiosk/machine/request.hpp"

#include "tests/catch.hpp"

#include <fstream>
#include <sstream>

using namespace machine;

namespace {

Refusal refusal_of(std::string_view line) {
    auto const request = parse_request(line);
    REQUIRE_FALSE(request);
    CHECK(request.error().why == Refusal::Why::bad_request);
    CHECK_FALSE(request.error().detail.empty());
    return request.error();
}

std::string readme() {
    std::ostringstream text;
    text << std::ifstream{MACHINE_README}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("what is written as a line is read as the same request", "[machine]") {
    for (auto const& row : verbs) {
        INFO(row.name);
        Request const request{row.verb, "10B0123456/CPE-1"};
        auto const line = line_of(request);
        CHECK(line.find('\n') == std::string::npos);
        CHECK(parse_request(line) == request);
    }
}

TEST_CASE("what is no request is refused with a sentence", "[machine]") {
    refusal_of("");
    refusal_of("status");
    refusal_of("[]");
    refusal_of("{}");
    refusal_of(R"({"do":1})");
    CHECK(refusal_of(R"({"do":"shell"})").detail == "do: this machine knows no such verb");
    refusal_of(R"({"do":"Status"})");
    CHECK(refusal_of(R"({"do":"close-day"})").detail == "as: close-day is done in somebody's name");
}

TEST_CASE("nobody gives a path", "[machine]") {
    refusal_of(R"({"do":"status","path":"/media/stick"})");
    refusal_of(R"({"do":"status","to":"/etc"})");
    for (auto const* id : {"", "-x", "--config=/etc/passwd", "A 1", "A\\n1", "é", "A\\u0000"}) {
        INFO(id);
        refusal_of(std::string{R"({"do":"restart","as":")"} + id + "\"}");
    }
    refusal_of(R"({"do":"restart","as":")" + std::string(65, 'a') + "\"}");
    CHECK(is_author_id(std::string(64, 'a')));
}

TEST_CASE("every verb stands in the table of the README, and no other", "[machine]") {
    auto const text = readme();
    std::size_t rows = 0;
    for (auto at = text.find("\n| `"); at != std::string::npos; at = text.find("\n| `", at + 1)) {
        auto const begin = at + 4;
        auto const name = text.substr(begin, text.find_first_of("` ", begin) - begin);
        auto const verb = verb_named(name);
        if (!verb) continue;  // the table of files
        ++rows;
        INFO(name);
        auto const line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
        auto const cell = [&](int number) {
            std::size_t from = 0;
            for (int i = 0; i < number; ++i)
                from = line.find('|', from) + 1;
            return line.substr(from, line.find('|', from) - from);
        };
        CHECK((cell(2).find("dmp-kiosk") != std::string::npos) ==
              (row_of(*verb).askers == Askers::kiosk));
        CHECK((cell(3).find("author") != std::string::npos) ==
              (row_of(*verb).named == Named::author));
    }
    CHECK(rows == verbs.size());
}
